namespace AgentDeck.Engine.Journal;

/// <summary>An operator has seen that an agent needs attention.</summary>
/// <param name="What">What was acknowledged, as the caller names it; never null.</param>
/// <param name="By">The operator's name; never null.</param>
/// <param name="At">When it was acknowledged.</param>
internal sealed record Acknowledgement(string What, string By, DateTimeOffset At);
