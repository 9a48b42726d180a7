namespace AgentDeck.Engine.Domain;

/// <summary>The pod behind an agent, or the container that stands for one.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its uid: the same name with another uid is another pod.</param>
/// <param name="Node">The node it runs on, or null while unscheduled.</param>
/// <param name="Phase">Kubernetes' own pod phase, verbatim.</param>
public sealed record PodStatus(string Namespace, string Name, string Uid, string? Node, string Phase)
{
    /// <summary>Whether it is a container that no cluster knows: it has no namespace and no node, <see cref="Uid"/> is its id and <see cref="Phase"/> its runtime's own word.</summary>
    public bool IsContainer => Runtime is not null;

    /// <summary>Whose container it is, <c>docker</c> or <c>podman</c>; null in a cluster.</summary>
    public string? Runtime { get; init; }

    /// <summary>The agent's own container.</summary>
    public string Container { get; init; } = "";

    /// <summary>The image of that container.</summary>
    public string Image { get; init; } = "";

    /// <summary>What is set aside for that container, for example <c>cpu 500m, memory 1Gi</c>; empty when nothing is.</summary>
    public string Requests { get; init; } = "";

    /// <summary>What that container may use at most, in the same form.</summary>
    public string Limits { get; init; } = "";

    /// <summary>When the pod was created, when known.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>How the container ended the last time, in words, for example <c>OOMKilled, exit code 137</c>; null when it did not.</summary>
    public string? LastExit { get; init; }
}
