using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources;

/// <summary>What a source knows of one agent, declared or discovered: the inputs from which its status is composed.</summary>
internal sealed record SessionTrack
{
    /// <summary>Its name, which is its session's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its declaration, or null.</summary>
    public AgentSpec? Spec { get; init; }

    /// <summary>The <see cref="SpecFingerprint"/> of <see cref="Spec"/>, or null.</summary>
    public string? SpecHash { get; init; }

    /// <summary>Counts the changes of <see cref="Spec"/>.</summary>
    public long Generation { get; init; }

    /// <summary>Its session as last listed; null when there is none.</summary>
    public TmuxSession? Session { get; init; }

    /// <summary>What was asked for.</summary>
    public PhaseRequest Request { get; init; }

    /// <summary>Why the last start failed, or null.</summary>
    public string? StartError { get; init; }

    /// <summary>What it was seen to do; without secrets.</summary>
    public ActivityTrail Trail { get; init; } = ActivityTrail.Unseen;

    /// <summary>The last line that tells something, from the last look; without secrets.</summary>
    public string? LastLine { get; init; }

    /// <summary>The handle that others use; a new one for each session and pane.</summary>
    public IAgentSession? Handle { get; init; }
}
