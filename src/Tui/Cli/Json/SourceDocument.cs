namespace AgentDeck.Tui.Cli.Json;

/// <summary>One source in a <see cref="SnapshotDocument"/>; <paramref name="LastSeen"/> is null when it never answered.</summary>
internal sealed record SourceDocument(string Name, string Kind, string Link, DateTimeOffset? LastSeen, string? Error);
