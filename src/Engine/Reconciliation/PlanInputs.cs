using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>Everything that a plan follows from.</summary>
internal sealed record PlanInputs
{
    /// <summary>The declaration, or null for an agent that was only discovered.</summary>
    public required AgentSpec? Spec { get; init; }

    /// <summary>What was observed.</summary>
    public required AgentStatus Status { get; init; }

    /// <summary>What is remembered, brought up to <see cref="Now"/> by <see cref="UpkeepRules"/>.</summary>
    public required AgentUpkeep Upkeep { get; init; }

    /// <summary>How well its source can be observed.</summary>
    public required SourceLink Link { get; init; }

    /// <summary>Why this engine does not keep the agent as it is declared, or null when it does; it still does what it is asked.</summary>
    public required string? WhyNotEnforced { get; init; }

    /// <summary>Why its source lets nothing be started, or null when it does.</summary>
    public string? StartBarred { get; init; }

    /// <summary>Why it may be running somewhere else still, in one sentence, or null when it does not.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>Why its source lets nothing be ended, or null when it does.</summary>
    public string? EndBarred { get; init; }

    /// <summary>How long its end may take to be seen after it was killed.</summary>
    public required TimeSpan KillGrace { get; init; }

    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }
}
