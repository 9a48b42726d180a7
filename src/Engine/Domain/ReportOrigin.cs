namespace AgentDeck.Engine.Domain;

/// <summary>Of which life of an agent a report is, and how old.</summary>
/// <param name="Uid">The uid of its pod, or the id of its container.</param>
/// <param name="Run">What tells that run of the container from its others.</param>
/// <param name="At">When it was first read as it is.</param>
internal sealed record ReportOrigin(string Uid, string Run, DateTimeOffset At);
