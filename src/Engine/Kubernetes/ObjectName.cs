namespace AgentDeck.Engine.Kubernetes;

/// <summary>Names one object of a cluster.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Namespace">Where it is; null for what has no namespace.</param>
/// <param name="Name">Its name.</param>
internal sealed record ObjectName(ResourceKind Kind, string? Namespace, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Namespace is null ? $"{Kind}/{Name}" : $"{Kind}/{Name} in {Namespace}";
}
