namespace AgentDeck.Engine.Domain;

/// <summary>Something that happened, in the past tense. A closed hierarchy: switch over it exhaustively.</summary>
/// <param name="Seq">Grows by one with every event of this engine.</param>
/// <param name="At">When it was observed.</param>
/// <param name="Agent">The agent concerned, or null when the event concerns a source or the configuration.</param>
public abstract record FleetEvent(long Seq, DateTimeOffset At, AgentId? Agent);
