namespace AgentDeck.Tui.Cli.Json;

/// <summary>How many of the agents in a <see cref="SnapshotDocument"/> are in each state that an operator asks for.</summary>
internal sealed record SummaryDocument(int Total, int Running, int Busy, int Waiting, int Blocked, int Failed, int Unknown);
