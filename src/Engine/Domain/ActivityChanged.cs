namespace AgentDeck.Engine.Domain;

/// <summary>What an agent does changed.</summary>
public sealed record ActivityChanged(long Seq, DateTimeOffset At, AgentId Id, Activity From, Activity To, string Why) : FleetEvent(Seq, At, Id);
