namespace AgentDeck.Engine.Domain;

/// <summary>Something that an operator asked for ended.</summary>
/// <param name="Seq">The number of the event.</param>
/// <param name="At">When it ended.</param>
/// <param name="Id">The agent concerned.</param>
/// <param name="Operator">The name of the operator who asked.</param>
/// <param name="Operation">What was asked, in words, already redacted.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">The reason or result in words; may be empty.</param>
public sealed record OperationFinished(
    long Seq,
    DateTimeOffset At,
    AgentId Id,
    string Operator,
    string Operation,
    OperationOutcome Outcome,
    string Detail) : FleetEvent(Seq, At, Id)
{
    /// <summary>What was acknowledged, as <see cref="Attention.KeyOf"/> names it; null when nothing was.</summary>
    public string? Acknowledged { get; init; }

    /// <summary>What of an agent's life was asked for; null when it was something else.</summary>
    public RequestKind? Asked { get; init; }
}
