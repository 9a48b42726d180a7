namespace AgentDeck.Tui.Cli.Json;

/// <summary>
/// One source in a <see cref="SnapshotDocument"/>; <paramref name="LastSeen"/> is null when it never answered, and <paramref name="Leader"/>, the
/// engine that keeps what is declared there, where that is not shared or not known.
/// </summary>
internal sealed record SourceDocument(string Name, string Kind, string Link, DateTimeOffset? LastSeen, string? Error, string? Leader);
