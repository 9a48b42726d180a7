namespace AgentDeck.Engine.Toml;

/// <summary>A document is not TOML.</summary>
public sealed class TomlException : Exception
{
    /// <summary>Creates the exception; the message says what was found and what was expected.</summary>
    public TomlException(TomlPosition position, string message)
        : base(message) => Position = position;

    /// <summary>Where.</summary>
    public TomlPosition Position { get; }
}
