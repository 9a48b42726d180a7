using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Panes;

/// <summary>What tmux says about a pane; texts are already plain.</summary>
public sealed record PaneMetadata
{
    /// <summary>tmux's pane id, for example <c>%3</c>.</summary>
    public required string PaneId { get; init; }

    /// <summary>The pane's size.</summary>
    public required Size Size { get; init; }

    /// <summary>0-based cursor column.</summary>
    public int CursorX { get; init; }

    /// <summary>0-based cursor row on the screen.</summary>
    public int CursorY { get; init; }

    /// <summary>Whether the program shows the cursor.</summary>
    public bool CursorVisible { get; init; }

    /// <summary>Whether the program uses the alternate screen, which has no history.</summary>
    public bool AlternateScreen { get; init; }

    /// <summary>Whether somebody put the pane into copy mode or another tmux mode.</summary>
    public bool InMode { get; init; }

    /// <summary>How many lines of history there are above the screen.</summary>
    public int HistorySize { get; init; }

    /// <summary>Whether its program ended (the pane is kept by <c>remain-on-exit</c>).</summary>
    public bool Dead { get; init; }

    /// <summary>The exit code of the ended program, when known.</summary>
    public int? DeadStatus { get; init; }

    /// <summary>The command that runs in it.</summary>
    public string Command { get; init; } = "";

    /// <summary>The title that its program set.</summary>
    public string Title { get; init; } = "";

    /// <summary>When the window last produced output.</summary>
    public DateTimeOffset? WindowActivity { get; init; }
}
