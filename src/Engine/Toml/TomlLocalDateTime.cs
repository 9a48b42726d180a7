namespace AgentDeck.Engine.Toml;

/// <summary>A date and time without an offset.</summary>
/// <param name="Value">The value.</param>
/// <param name="Position">Where it starts.</param>
public sealed record TomlLocalDateTime(DateTime Value, TomlPosition Position) : TomlValue(Position);
