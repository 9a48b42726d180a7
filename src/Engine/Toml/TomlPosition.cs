namespace AgentDeck.Engine.Toml;

/// <summary>A place in a TOML document.</summary>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column, counted in Unicode code points.</param>
public readonly record struct TomlPosition(int Line, int Column);
