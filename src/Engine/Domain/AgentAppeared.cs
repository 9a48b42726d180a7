namespace AgentDeck.Engine.Domain;

/// <summary>An agent is known for the first time.</summary>
public sealed record AgentAppeared(long Seq, DateTimeOffset At, AgentId Id, AgentPhase Phase) : FleetEvent(Seq, At, Id);
