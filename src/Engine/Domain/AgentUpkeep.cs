using System.Collections.Immutable;

namespace AgentDeck.Engine.Domain;

/// <summary>What the engine remembers and does to keep an agent as it was declared or asked for; survives the engine.</summary>
public sealed record AgentUpkeep
{
    /// <summary>Nothing was ever done or asked for.</summary>
    public static AgentUpkeep None { get; } = new();

    /// <summary>What was asked for and is under way, or null.</summary>
    public OperatorRequest? Request { get; init; }

    /// <summary>How often it was started again after it had ended, by the engine itself or because somebody asked.</summary>
    public int Restarts { get; init; }

    /// <summary>When its present or last run began, as far as the engine saw.</summary>
    public DateTimeOffset? LastStart { get; init; }

    /// <summary>When the end of its last run was seen; null while it never ended.</summary>
    public DateTimeOffset? LastEnd { get; init; }

    /// <summary>Runs in a row that ended within half a minute.</summary>
    public int RapidEnds { get; init; }

    /// <summary>Runs in a row that ended within five minutes, the rapid ones not counted.</summary>
    public int EarlyEnds { get; init; }

    /// <summary>Not before this time will it be started again by the engine; null when nothing holds it back.</summary>
    public DateTimeOffset? NextStart { get; init; }

    /// <summary>It ended too soon too often, or null.</summary>
    public Quarantine? Quarantine { get; init; }

    /// <summary>The phase that it was last seen in.</summary>
    public AgentPhase Phase { get; init; } = AgentPhase.Unknown;

    /// <summary>Since when it is in <see cref="Phase"/>; null before it was seen.</summary>
    public DateTimeOffset? PhaseSince { get; init; }

    /// <summary>The hash of the declaration for which the engine restarted it last, or null; it does so once a declaration, whatever comes of it.</summary>
    public string? AppliedFor { get; init; }

    /// <summary>What the declaration wanted when it was last acted on, or null.</summary>
    public DesiredState? LastDesired { get; init; }

    /// <summary>The engine's own statements about it: <see cref="ConditionTypes.Declared"/>, <see cref="ConditionTypes.Reconciled"/>, <see cref="ConditionTypes.Stuck"/>, <see cref="ConditionTypes.Drifted"/>.</summary>
    public ImmutableArray<Condition> Conditions { get => field.IsDefault ? [] : field; init; }

    /// <summary>Compares by content, the conditions too.</summary>
    public bool Equals(AgentUpkeep? other) =>
        ReferenceEquals(this, other)
        || (other is not null
        && (Request, Restarts, LastStart, LastEnd, RapidEnds, EarlyEnds, NextStart) == (other.Request, other.Restarts, other.LastStart, other.LastEnd, other.RapidEnds, other.EarlyEnds, other.NextStart)
        && (Quarantine, Phase, PhaseSince, AppliedFor, LastDesired) == (other.Quarantine, other.Phase, other.PhaseSince, other.AppliedFor, other.LastDesired)
        && Conditions.SequenceEqual(other.Conditions));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Request, Restarts, LastStart, LastEnd, Quarantine, Phase);
}
