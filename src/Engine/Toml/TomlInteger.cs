namespace AgentDeck.Engine.Toml;

/// <summary>A 64-bit integer.</summary>
/// <param name="Value">The value.</param>
/// <param name="Position">Where it starts.</param>
public sealed record TomlInteger(long Value, TomlPosition Position) : TomlValue(Position);
