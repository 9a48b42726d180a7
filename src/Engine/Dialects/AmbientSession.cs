using System.Collections.Immutable;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>What is used of an <c>AgenticSession</c>, the custom resource of the Ambient Code Platform. Every text is plain.</summary>
internal sealed record AmbientSession
{
    /// <summary>Where the API keeps sessions. A cluster without the platform answers 404.</summary>
    public static readonly ResourceKind Kind = new("vteam.ambient-code", "v1alpha1", "agenticsessions");

    /// <summary>Its namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Its name, which is also the agent's; empty when the object had none.</summary>
    public required string Name { get; init; }

    /// <summary>Its uid.</summary>
    public string Uid { get; init; } = "";

    /// <summary>The version of this state of it. Opaque.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>The generation of its specification.</summary>
    public long Generation { get; init; }

    /// <summary>The generation that the platform last acted on; null when it does not say.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>When it was created, when known.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether its deletion was asked for.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>What people call it, or null.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The model, or null.</summary>
    public string? Model { get; init; }

    /// <summary>Who it belongs to, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>After how long without activity the platform stops it; zero for never, null for the project's rule.</summary>
    public TimeSpan? InactivityTimeout { get; init; }

    /// <summary>The phase that was asked for and is not reached yet (<c>Running</c>, <c>Stopped</c>), or null.</summary>
    public string? DesiredPhase { get; init; }

    /// <summary>Since when that is asked for, when known.</summary>
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>When it counts as asked for and not answered; null when nothing is asked for, or somebody acts on it.</summary>
    public DateTimeOffset? UnansweredAt =>
        AmbientTransitions.IsAnswered(Phase, DesiredPhase) || IsDeleted ? null : (RequestedAt ?? CreatedAt) + AmbientTransitions.UnansweredAfter;

    /// <summary>Its phase, verbatim; <c>Pending</c> when it has none yet.</summary>
    public string Phase { get; init; } = "Pending";

    /// <summary>When its run began, when known.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its run ended, when known.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When it was last active, when known.</summary>
    public DateTimeOffset? LastActivityAt { get; init; }

    /// <summary><c>user</c> or <c>inactivity</c>, or null.</summary>
    public string? StoppedReason { get; init; }

    /// <summary>Its conditions.</summary>
    public ImmutableArray<PodCondition> Conditions { get; init; } = [];

    /// <summary>Its repositories, one for each URL, with what became of them.</summary>
    public ImmutableArray<AmbientRepo> Repos { get; init; } = [];

    /// <summary>Its workflow, or null.</summary>
    public AmbientRepo? Workflow { get; init; }
}
