namespace AgentDeck.Engine.Leadership;

/// <summary>Where a Lease is. Sources of one place share one.</summary>
/// <param name="Context">The context of the kubeconfig; null for its current one.</param>
/// <param name="Kubeconfig">The kubeconfig; null for the usual places.</param>
/// <param name="Namespace">The namespace; null for the context's own.</param>
internal sealed record LeasePlace(string? Context, string? Kubeconfig, string? Namespace);
