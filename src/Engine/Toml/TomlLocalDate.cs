namespace AgentDeck.Engine.Toml;

/// <summary>A date.</summary>
/// <param name="Value">The value.</param>
/// <param name="Position">Where it starts.</param>
public sealed record TomlLocalDate(DateOnly Value, TomlPosition Position) : TomlValue(Position);
