namespace AgentDeck.Engine.Toml;

/// <summary>A value in a TOML document, with its place. A closed hierarchy: use pattern matching.</summary>
/// <param name="Position">Where the value starts.</param>
public abstract record TomlValue(TomlPosition Position);
