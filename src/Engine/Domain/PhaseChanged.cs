namespace AgentDeck.Engine.Domain;

/// <summary>An agent's phase changed.</summary>
public sealed record PhaseChanged(long Seq, DateTimeOffset At, AgentId Id, AgentPhase From, AgentPhase To, string Reason) : FleetEvent(Seq, At, Id)
{
    /// <summary>The same for people; empty when there is no more to say. Plain and redacted.</summary>
    public string Message { get; init; } = "";
}
