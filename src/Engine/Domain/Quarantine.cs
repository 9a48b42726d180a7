namespace AgentDeck.Engine.Domain;

/// <summary>An agent that ended too soon too often is not started for a while, unless an operator does.</summary>
/// <param name="Since">When that was concluded.</param>
/// <param name="Until">When it is tried again.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record Quarantine(DateTimeOffset Since, DateTimeOffset Until, string Reason);
