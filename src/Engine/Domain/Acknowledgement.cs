namespace AgentDeck.Engine.Domain;

/// <summary>An operator has seen that an agent needs attention.</summary>
/// <param name="What">What was acknowledged: <see cref="Attention.KeyOf"/> of the agent as it was then; never null.</param>
/// <param name="By">The operator's name; never null.</param>
/// <param name="At">When it was acknowledged.</param>
public sealed record Acknowledgement(string What, string By, DateTimeOffset At);
