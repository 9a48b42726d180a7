namespace AgentDeck.Engine.Kubernetes;

/// <summary>How to delete an object.</summary>
/// <param name="Uid">The uid it must still have, so that another object of the same name is spared; null for any.</param>
/// <param name="GracePeriod">How long it may take to end; null for its own. Whole seconds.</param>
internal sealed record DeleteRequest(string? Uid, TimeSpan? GracePeriod)
{
    /// <summary>The version it must still be at; null for any.</summary>
    public string? ResourceVersion { get; init; }
}
