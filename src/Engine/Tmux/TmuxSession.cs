using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tmux;

/// <summary>A session and the agent's pane in it, read in one go: the pane that the deck started it in, else the active one. Texts are already plain.</summary>
internal sealed record TmuxSession
{
    /// <summary>tmux's id, for example <c>$1</c>; unlike the name it never changes and needs no matching.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The agent's pane, for example <c>%3</c>.</summary>
    public required string PaneId { get; init; }

    /// <summary>The process that tmux started in the pane; it leads a session of its own.</summary>
    public int PanePid { get; init; }

    /// <summary>Whether that process ended and the pane was kept.</summary>
    public bool Dead { get; init; }

    /// <summary>Its exit code, when it ended by itself.</summary>
    public int? DeadStatus { get; init; }

    /// <summary>The number of the signal that ended it; tmux tells since 3.3.</summary>
    public int? DeadSignal { get; init; }

    /// <summary>Whether a deck, this one or another, announced a stop, see <see cref="StopMark"/>.</summary>
    public bool StopWasAnnounced { get; init; }

    /// <summary>The hash of the declaration that a deck started it from; empty when none did.</summary>
    public string SpecHash { get; init; } = "";

    /// <summary>What went wrong around its start without stopping it, see <see cref="NoteMark"/>; empty when nothing did.</summary>
    public string StartNote { get; init; } = "";

    /// <summary>Whether what had to follow its start was done, see <see cref="SetUpMark"/>.</summary>
    public SetUpState SetUp { get; init; }

    /// <summary>When the window last produced output.</summary>
    public DateTimeOffset LastActivity { get; init; }

    /// <summary>When the session was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The size of the pane.</summary>
    public Size Size { get; init; }

    /// <summary>Lines of history above the screen.</summary>
    public int HistorySize { get; init; }

    /// <summary>The pane's terminal device, for example <c>/dev/pts/3</c>.</summary>
    public string Terminal { get; init; } = "";

    /// <summary>The command that runs in the pane.</summary>
    public string Command { get; init; } = "";

    /// <summary>The directory of that command.</summary>
    public string Path { get; init; } = "";
}
