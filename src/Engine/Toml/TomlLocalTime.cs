namespace AgentDeck.Engine.Toml;

/// <summary>A time of day.</summary>
/// <param name="Value">The value.</param>
/// <param name="Position">Where it starts.</param>
public sealed record TomlLocalTime(TimeOnly Value, TomlPosition Position) : TomlValue(Position);
