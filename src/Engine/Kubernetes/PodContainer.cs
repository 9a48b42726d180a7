namespace AgentDeck.Engine.Kubernetes;

/// <summary>One container of one pod. It is always named: with injected sidecars the API refuses to guess.</summary>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Pod">The pod's name.</param>
/// <param name="Container">The container's name.</param>
internal sealed record PodContainer(string Namespace, string Pod, string Container)
{
    /// <inheritdoc/>
    public override string ToString() => $"container {Container} of pod {Namespace}/{Pod}";
}
