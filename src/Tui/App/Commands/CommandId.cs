namespace AgentDeck.Tui.App.Commands;

/// <summary>Every command of the deck; what each does stands in <see cref="CommandCatalog"/>.</summary>
internal enum CommandId
{
    /// <summary>One row up.</summary>
    MoveUp,

    /// <summary>One row down.</summary>
    MoveDown,

    /// <summary>A page up.</summary>
    PageUp,

    /// <summary>A page down.</summary>
    PageDown,

    /// <summary>To the first row.</summary>
    GoTop,

    /// <summary>To the last row.</summary>
    GoBottom,

    /// <summary>Focus pane 1; the others follow.</summary>
    Pane1,

    /// <summary>Focus pane 2.</summary>
    Pane2,

    /// <summary>Focus pane 3.</summary>
    Pane3,

    /// <summary>Focus pane 4.</summary>
    Pane4,

    /// <summary>Focus pane 5.</summary>
    Pane5,

    /// <summary>Focus pane 6.</summary>
    Pane6,

    /// <summary>Focus pane 7.</summary>
    Pane7,

    /// <summary>Focus pane 8.</summary>
    Pane8,

    /// <summary>Focus pane 9.</summary>
    Pane9,

    /// <summary>Focus the next pane, after the last the list.</summary>
    FocusNext,

    /// <summary>Focus the pane before.</summary>
    FocusPrevious,

    /// <summary>Next agent that needs the operator.</summary>
    NextNeedy,

    /// <summary>Leave the innermost thing.</summary>
    Back,

    /// <summary>Attach to the agent.</summary>
    Attach,

    /// <summary>Send a message.</summary>
    Nudge,

    /// <summary>Press the agent's interrupt key.</summary>
    Interrupt,

    /// <summary>Drop the scrollback.</summary>
    ClearScrollback,

    /// <summary>Take what it wants as seen.</summary>
    Acknowledge,

    /// <summary>Mark or unmark.</summary>
    Mark,

    /// <summary>Mark all shown, or none.</summary>
    MarkAll,

    /// <summary>Start.</summary>
    Start,

    /// <summary>Stop.</summary>
    Stop,

    /// <summary>Restart.</summary>
    Restart,

    /// <summary>Type into the pane.</summary>
    TypeInto,

    /// <summary>Stop typing into the pane.</summary>
    EndTyping,

    /// <summary>Filter the list.</summary>
    Filter,

    /// <summary>Next sort order.</summary>
    Sort,

    /// <summary>Next number of panes.</summary>
    Panes,

    /// <summary>One pane fills the screen.</summary>
    Zoom,

    /// <summary>Keep the pane.</summary>
    Pin,

    /// <summary>Search the history of the focused pane.</summary>
    Search,

    /// <summary>Next match, upwards.</summary>
    SearchNext,

    /// <summary>Match before, downwards.</summary>
    SearchPrevious,

    /// <summary>Copy what the focused pane shows.</summary>
    Copy,

    /// <summary>Details of the agent.</summary>
    Details,

    /// <summary>Container log.</summary>
    Log,

    /// <summary>What happened.</summary>
    Events,

    /// <summary>Pick a theme.</summary>
    Theme,

    /// <summary>Mouse on or off.</summary>
    Mouse,

    /// <summary>Save a picture of the screen.</summary>
    Screenshot,

    /// <summary>Command palette.</summary>
    Palette,

    /// <summary>Help.</summary>
    Help,

    /// <summary>Stop the process as a shell job.</summary>
    Suspend,

    /// <summary>Leave the deck.</summary>
    Quit,
}
