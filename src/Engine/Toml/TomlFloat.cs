namespace AgentDeck.Engine.Toml;

/// <summary>A float, possibly infinite or not a number.</summary>
/// <param name="Value">The value.</param>
/// <param name="Position">Where it starts.</param>
public sealed record TomlFloat(double Value, TomlPosition Position) : TomlValue(Position);
