namespace AgentDeck.Engine.Toml;

/// <summary>A string.</summary>
/// <param name="Value">The value.</param>
/// <param name="Position">Where it starts.</param>
public sealed record TomlString(string Value, TomlPosition Position) : TomlValue(Position);
