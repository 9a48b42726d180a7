namespace AgentDeck.Engine.Toml;

/// <summary>A boolean.</summary>
/// <param name="Value">The value.</param>
/// <param name="Position">Where it starts.</param>
public sealed record TomlBoolean(bool Value, TomlPosition Position) : TomlValue(Position);
