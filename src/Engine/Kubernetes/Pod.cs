using System.Collections.Immutable;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>
/// What is used of a pod. Texts are plain (<see cref="Domain.PlainText"/>), except keys and values of labels and annotations:
/// they are as they came, bounded in number and length. Compares by reference in its collections: compare
/// <see cref="Uid"/> and <see cref="ResourceVersion"/>.
/// </summary>
internal sealed record Pod
{
    /// <summary>Its namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Its name; empty when the object had none and is no pod.</summary>
    public required string Name { get; init; }

    /// <summary>Its uid: the same name with another uid is another pod.</summary>
    public string Uid { get; init; } = "";

    /// <summary>The version of this state of it. Opaque.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>Its labels, raw.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Its annotations, raw, values cut to 1024 UTF-16 units.</summary>
    public ImmutableDictionary<string, string> Annotations { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>When it was created, when known.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Until when it has to be gone, once its deletion was asked for; null before.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>The object that it belongs to: its controller, or else the first owner; null when it stands alone.</summary>
    public PodOwner? Owner { get; init; }

    /// <summary>The node that it is assigned to; null before.</summary>
    public string? Node { get; init; }

    /// <summary><c>Always</c>, <c>OnFailure</c> or <c>Never</c>, verbatim.</summary>
    public string RestartPolicy { get; init; } = "";

    /// <summary>Kubernetes' own phase, verbatim: <c>Pending</c>, <c>Running</c>, <c>Succeeded</c>, <c>Failed</c> or <c>Unknown</c>.</summary>
    public string Phase { get; init; } = "";

    /// <summary>Why it is in that phase, for example <c>Evicted</c>; null mostly.</summary>
    public string? Reason { get; init; }

    /// <summary>The same for people; null mostly.</summary>
    public string? Message { get; init; }

    /// <summary>Its conditions.</summary>
    public ImmutableArray<PodCondition> Conditions { get; init; } = [];

    /// <summary>Its containers as declared.</summary>
    public ImmutableArray<PodContainerSpec> Containers { get; init; } = [];

    /// <summary>Its init containers as declared, in the order in which they run.</summary>
    public ImmutableArray<PodContainerSpec> InitContainers { get; init; } = [];

    /// <summary>What is known of its containers; one that is not in it has not been looked at yet.</summary>
    public ImmutableArray<PodContainerStatus> Statuses { get; init; } = [];

    /// <summary>What is known of its init containers.</summary>
    public ImmutableArray<PodContainerStatus> InitStatuses { get; init; } = [];

    /// <summary>A container as declared, or null.</summary>
    public PodContainerSpec? ContainerNamed(string name) => Containers.FirstOrDefault(container => container.Name == name);

    /// <summary>What is known of a container, or null.</summary>
    public PodContainerStatus? StatusOf(string name) => Statuses.FirstOrDefault(status => status.Name == name);

    /// <summary>A condition, or null.</summary>
    public PodCondition? ConditionOf(string type) => Conditions.FirstOrDefault(condition => condition.Type == type);
}
