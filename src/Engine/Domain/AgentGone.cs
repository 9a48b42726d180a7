namespace AgentDeck.Engine.Domain;

/// <summary>Its source confirmed that an agent no longer exists.</summary>
public sealed record AgentGone(long Seq, DateTimeOffset At, AgentId Id, string Reason) : FleetEvent(Seq, At, Id);
