namespace AgentDeck.Engine.Toml;

/// <summary>An array, or the tables of <c>[[…]]</c> in order.</summary>
public sealed record TomlArray : TomlValue
{
    /// <summary>Creates an array.</summary>
    public TomlArray(IReadOnlyList<TomlValue> items, TomlPosition position)
        : base(position) => Items = items;

    /// <summary>The items in order.</summary>
    public IReadOnlyList<TomlValue> Items { get; }
}
