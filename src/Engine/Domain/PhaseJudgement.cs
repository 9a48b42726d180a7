namespace AgentDeck.Engine.Domain;

/// <summary>A phase and why.</summary>
/// <param name="Phase">Where the agent stands.</param>
/// <param name="Reason">CamelCase cause, for machines.</param>
/// <param name="Message">One sentence for people; may be empty.</param>
public readonly record struct PhaseJudgement(AgentPhase Phase, string Reason, string Message);
