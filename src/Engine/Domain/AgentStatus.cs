using System.Collections.Immutable;

namespace AgentDeck.Engine.Domain;

/// <summary>What was observed of one agent. Every text in it may come from the agent: it is already plain, see <see cref="PlainText"/>.</summary>
public sealed record AgentStatus
{
    /// <summary>Where it stands in its life.</summary>
    public required AgentPhase Phase { get; init; }

    /// <summary>Whether there is a session to speak to: that of an agent that runs or is ending, or one that lives and whose start is not finished.</summary>
    public bool IsLive => Phase is AgentPhase.Running or AgentPhase.Stopping
        || (Phase == AgentPhase.Starting && ConditionList.Find(Conditions, ConditionTypes.SessionAlive) is { Status: ConditionStatus.True });

    /// <summary>CamelCase cause of the phase, for example <c>SessionAlive</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>One sentence for people; may be empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>What it does; <see cref="Activity.None"/> unless running.</summary>
    public Activity Activity { get; init; }

    /// <summary>Why <see cref="Activity"/> was concluded: the rule and the line that matched.</summary>
    public string ActivityReason { get; init; } = "";

    /// <summary>When its window last produced output (tmux <c>window_activity</c>, whole seconds); null when never learned.</summary>
    public DateTimeOffset? LastActivity { get; init; }

    /// <summary>Statements about it, one per type.</summary>
    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary>What its own system knows of it beside all this, in the order in which to show it.</summary>
    public ImmutableArray<Fact> Facts { get; init; } = [];

    /// <summary>How its source reads it, for example <c>gascity</c>; null where there is only one way.</summary>
    public string? Dialect { get; init; }

    /// <summary>It runs from another declaration than today's; null when it does not run, or does not tell from which.</summary>
    public SpecDrift? Drift { get; init; }

    /// <summary>Its own system can start it, declared or not.</summary>
    public bool IsStartable { get; init; }

    /// <summary>There is no tmux in its container: its log stands for its screen, and it takes no keys.</summary>
    public bool IsLogOnly { get; init; }

    /// <summary>The cluster does not let us run commands in its container, so nothing is known of a session there; log only, too.</summary>
    public bool IsBarred { get; init; }

    /// <summary>What it wrote of itself when that was last read; null where agents do not, and while it cannot be read. Not for the screen.</summary>
    internal AgentReport? Report { get; init; }

    /// <summary>The pod behind it, or null.</summary>
    public PodStatus? Pod { get; init; }

    /// <summary>Its exit code once it ended, when known.</summary>
    public int? ExitCode { get; init; }

    /// <summary>How often its runtime started it again.</summary>
    public int Restarts { get; init; }

    /// <summary>When its session or container began, when known.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The command in its active pane (tmux <c>pane_current_command</c>).</summary>
    public string? Command { get; init; }

    /// <summary>The last line with text on its screen when it was last looked at.</summary>
    public string? LastLine { get; init; }

    /// <summary>The size of its window, when it has one.</summary>
    public Size? WindowSize { get; init; }

    /// <summary>When these values were learned; while the source is live they still hold, see <see cref="Freshness"/>. That contact was lost is nothing learned.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>Where the values come from, for example <c>tmux -L agentdeck, session $3</c>.</summary>
    public required string Origin { get; init; }
}
