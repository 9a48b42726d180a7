namespace AgentDeck.Engine.Kubernetes;

/// <summary>Asks whether we may do something.</summary>
/// <param name="Verb">For example <c>create</c>.</param>
/// <param name="Kind">To what.</param>
/// <param name="Subresource">For example <c>exec</c>; null for the object itself.</param>
/// <param name="Namespace">Where; null for all namespaces.</param>
internal sealed record AccessQuestion(string Verb, ResourceKind Kind, string? Subresource, string? Namespace)
{
    /// <summary>What a Role names: <c>pods/exec</c>.</summary>
    public string Resource => Subresource is null ? Kind.Plural : $"{Kind.Plural}/{Subresource}";
}
