using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.App.Model;

/// <summary>Everything the deck shows, as one immutable value.</summary>
internal sealed record AppModel
{
    /// <summary>What the engine knows.</summary>
    public required FleetSnapshot Fleet { get; init; }

    /// <summary>Recent events, oldest first; bounded.</summary>
    public ImmutableArray<FleetEvent> Events { get; init; } = [];

    /// <summary>Parsed screens of agents that are or were on screen.</summary>
    public ImmutableDictionary<AgentId, PaneScreen> Panes { get; init; } = ImmutableDictionary<AgentId, PaneScreen>.Empty;

    /// <summary>The time of the last tick; ages are measured against it.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The offset of local time from UTC, for the clock.</summary>
    public TimeSpan UtcOffset { get; init; }

    /// <summary>The terminal's size.</summary>
    public required CellSize Screen { get; init; }

    /// <summary>The theme in force.</summary>
    public required Theme Theme { get; init; }

    /// <summary>The list.</summary>
    public ListState List { get; init; } = new();

    /// <summary>The wall.</summary>
    public WallState Wall { get; init; } = new();

    /// <summary>The open dialog, or null.</summary>
    public Overlay? Overlay { get; init; }

    /// <summary>News above the footer, oldest first; bounded.</summary>
    public ImmutableArray<Notice> Notices { get; init; } = [];

    /// <summary>Operations under way, by number.</summary>
    public ImmutableDictionary<long, RunCommand> InFlight { get; init; } = ImmutableDictionary<long, RunCommand>.Empty;

    /// <summary>The number of the next operation.</summary>
    public long NextOperationId { get; init; } = 1;

    /// <summary>Texts that were nudged before, newest last; bounded.</summary>
    public ImmutableArray<string> NudgeHistory { get; init; } = [];

    /// <summary>A nudge that was written and not sent; offered when the editor is opened again.</summary>
    public string NudgeDraft { get; init; } = "";

    /// <summary>Commands that were chosen in the palette, newest first; bounded.</summary>
    public ImmutableArray<CommandId> RecentCommands { get; init; } = [];

    /// <summary>Nudge templates from the configuration.</summary>
    public ImmutableArray<NudgeTemplate> NudgeTemplates { get; init; } = [];

    /// <summary>Names of the themes that can be picked.</summary>
    public ImmutableArray<string> ThemeNames { get; init; } = [];

    /// <summary>Whether mouse events are asked for.</summary>
    public bool Mouse { get; init; } = true;

    /// <summary>The key that leaves an attached agent.</summary>
    public KeyChord DetachKey { get; init; } = KeyChord.Of(']', KeyModifiers.Control);

    /// <summary>What the configuration said last about the deck; the operator may have chosen otherwise since.</summary>
    public DeckSettings Settings { get; init; } = new();

    /// <summary>Which key means which command.</summary>
    public KeyMap Keys { get; init; } = KeyMap.Default;

    /// <summary>What is wrong with the operator's key bindings; the rest of them is in force.</summary>
    public ImmutableArray<ConfigurationProblem> KeyProblems { get; init; } = [];

    /// <summary>What cells of parsed screens point into; shared with the buffers that are drawn.</summary>
    public CellTables Tables { get; init; } = new();

    /// <summary>The agents that pass the filter, in the order of the list. Kept by the update after every message.</summary>
    public ImmutableArray<AgentId> Shown { get; init; } = [];

    /// <summary>The agents whose panes are on screen, in the order of the wall. Kept by the update after every message.</summary>
    public ImmutableArray<AgentId> Visible { get; init; } = [];

    /// <summary>Where everything is. Kept by the update after every message.</summary>
    public DeckLayout Layout { get; init; } = DeckLayout.Empty;

    /// <summary>The agent that was clicked last and when, so that a second click attaches; null after any other input.</summary>
    public (AgentId Agent, DateTimeOffset At)? LastClick { get; init; }

    /// <summary>Whether every command that writes is removed.</summary>
    public bool ReadOnly { get; init; }
}
