namespace AgentDeck.Engine.Toml;

/// <summary>A date and time with an offset.</summary>
/// <param name="Value">The value.</param>
/// <param name="Position">Where it starts.</param>
public sealed record TomlOffsetDateTime(DateTimeOffset Value, TomlPosition Position) : TomlValue(Position);
