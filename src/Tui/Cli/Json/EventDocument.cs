namespace AgentDeck.Tui.Cli.Json;

/// <summary>One event as one line, schema <c>agentdeck.event/v1</c>: all keys in every line, null where they do not apply to its <paramref name="Type"/>.</summary>
internal sealed record EventDocument(
    string Schema,
    long Seq,
    DateTimeOffset At,
    string Type,
    string? Agent,
    string? Source,
    string? From,
    string? To,
    string? Reason,
    string? Operator,
    string? Operation,
    string? Outcome);
