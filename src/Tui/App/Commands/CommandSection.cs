namespace AgentDeck.Tui.App.Commands;

/// <summary>Under which heading help lists a command.</summary>
internal enum CommandSection
{
    /// <summary>Moving about.</summary>
    Move,

    /// <summary>Acting on agents.</summary>
    Agents,

    /// <summary>What is shown.</summary>
    View,

    /// <summary>A focused pane.</summary>
    Pane,

    /// <summary>The deck itself.</summary>
    Deck,
}
