namespace AgentDeck.Engine.Domain;

/// <summary>A statement of the engine's own that warns of an agent began to hold or no longer holds.</summary>
/// <param name="Seq">The number of the event.</param>
/// <param name="At">When it was observed.</param>
/// <param name="Id">The agent concerned.</param>
/// <param name="Type"><see cref="ConditionTypes.Stuck"/> or <see cref="ConditionTypes.Drifted"/>.</param>
/// <param name="Holds">Whether it holds now.</param>
/// <param name="Message">One sentence that says why it holds; empty when it does not.</param>
public sealed record ConditionChanged(long Seq, DateTimeOffset At, AgentId Id, string Type, bool Holds, string Message) : FleetEvent(Seq, At, Id);
