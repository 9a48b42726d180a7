namespace AgentDeck.Engine.Kubernetes;

/// <summary>One container of one pod. It is always named: with injected sidecars the API refuses to guess.</summary>
/// <param name="Namespace">The pod's namespace; empty for a container that stands alone, whose name is the pod's.</param>
/// <param name="Pod">The pod's name.</param>
/// <param name="Container">The container's name.</param>
internal sealed record PodContainer(string Namespace, string Pod, string Container)
{
    /// <inheritdoc/>
    public override string ToString() => Namespace.Length == 0 ? $"container {Pod}" : $"container {Container} of pod {Namespace}/{Pod}";
}
