namespace AgentDeck.Engine.Toml;

/// <summary>Reads TOML. The door behind which a package can take the place of our own reader.</summary>
public interface ITomlReader
{
    /// <summary>Reads a whole document (TOML 1.0, and 1.1 where it only adds).</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <exception cref="TomlException">The document is not TOML; says where and why.</exception>
    TomlTable Read(ReadOnlySpan<byte> utf8);
}
