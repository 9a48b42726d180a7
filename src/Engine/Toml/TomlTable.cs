namespace AgentDeck.Engine.Toml;

/// <summary>A table, inline or not; keys in the order of the document.</summary>
public sealed record TomlTable : TomlValue
{
    /// <summary>Creates a table.</summary>
    public TomlTable(IReadOnlyList<TomlEntry> entries, TomlPosition position)
        : base(position) => Entries = entries;

    /// <summary>The entries in the order of the document.</summary>
    public IReadOnlyList<TomlEntry> Entries { get; }

    /// <summary>The value of <paramref name="key"/>, or null.</summary>
    public TomlValue? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == key)
            {
                return entry.Value;
            }
        }

        return null;
    }
}
