namespace AgentDeck.Engine.Toml;

/// <summary>A key with its value.</summary>
/// <param name="Key">The key, unquoted.</param>
/// <param name="KeyPosition">Where the key stands.</param>
/// <param name="Value">Its value.</param>
public sealed record TomlEntry(string Key, TomlPosition KeyPosition, TomlValue Value);
