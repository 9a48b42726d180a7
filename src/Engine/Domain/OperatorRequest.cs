namespace AgentDeck.Engine.Domain;

/// <summary>Something that was asked for and is not seen to be so yet, with how far it got. What is repeated after a crash repeats safely.</summary>
/// <param name="Kind">What was asked for.</param>
/// <param name="By">Who asked.</param>
/// <param name="At">When.</param>
public sealed record OperatorRequest(RequestKind Kind, string By, DateTimeOffset At)
{
    /// <summary>When the agent was interrupted for it, or null.</summary>
    public DateTimeOffset? InterruptedAt { get; init; }

    /// <summary>When it was killed for it, or null.</summary>
    public DateTimeOffset? KilledAt { get; init; }

    /// <summary>When its end was seen, so that a start may follow; null before, and for a mere start.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it was started for it, or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }
}
