namespace AgentDeck.Tui.Cli.Json;

/// <summary>One thing that an agent's own system knows of it; <paramref name="At"/> is null when it is no matter of time.</summary>
internal sealed record FactDocument(string Name, string Value, DateTimeOffset? At);
