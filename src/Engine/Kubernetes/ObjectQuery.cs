namespace AgentDeck.Engine.Kubernetes;

/// <summary>Which objects to list or to watch.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Namespace">Where, or null for all namespaces.</param>
/// <param name="LabelSelector">As the API spells it, for example <c>app=gc-agent</c>; null for no condition.</param>
/// <param name="FieldSelector">As the API spells it, for example <c>metadata.name=mayor</c>; null for no condition.</param>
internal sealed record ObjectQuery(ResourceKind Kind, string? Namespace, string? LabelSelector = null, string? FieldSelector = null);
