namespace AgentDeck.Engine.Configuration;

/// <summary>The <c>[deck]</c> table.</summary>
public sealed record DeckSettings
{
    /// <summary>The theme's name, or the path of a theme file. Default <c>midnight</c>.</summary>
    public string Theme { get; init; } = "midnight";

    /// <summary>How many panes the wall shows: 1, 2, 4, 6 or 9. Default 4.</summary>
    public int Panes { get; init; } = 4;

    /// <summary>The key that leaves an attached agent, as text. Default <c>ctrl+]</c>.</summary>
    public string DetachKey { get; init; } = "ctrl+]";

    /// <summary>Whether every command that writes is removed. Default false.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether the deck asks the terminal for mouse events. Default true.</summary>
    public bool Mouse { get; init; } = true;
}
