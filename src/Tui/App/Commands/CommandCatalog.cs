using System.Collections.Frozen;
using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Commands;

/// <summary>The one catalogue of commands. Footer, help, palette, <c>[keys]</c> and <c>docs/keymap.md</c> all come from it.</summary>
internal static class CommandCatalog
{
    /// <summary>All commands, in the order in which help lists them.</summary>
    public static ImmutableArray<CommandInfo> All { get; } =
    [
        New(CommandId.MoveUp, "up", "Up", "The row above; in a focused pane one line into its history.", CommandSection.Move, Char('k'), Named(Key.Up)),
        New(CommandId.MoveDown, "down", "Down", "The row below; in a pane's history one line down.", CommandSection.Move, Char('j'), Named(Key.Down)),
        New(CommandId.PageUp, "page-up", "Page up", "A page up; in a focused pane a page into its history.", CommandSection.Move, Named(Key.PageUp), Control('b')),
        New(CommandId.PageDown, "page-down", "Page down", "A page down.", CommandSection.Move, Named(Key.PageDown), Control('f')),
        New(CommandId.GoTop, "top", "First", "The first row; in a focused pane the oldest line of its history.", CommandSection.Move, Char('g'), Named(Key.Home)),
        New(CommandId.GoBottom, "bottom", "Last", "The last row; in a pane's history back to the live screen.", CommandSection.Move, Char('G'), Named(Key.End)),
        .. Enumerable.Range(1, 9).Select(JumpTo),
        New(CommandId.FocusNext, "focus-next", "Focus next pane", "Moves the focus from the list through the panes and back.", CommandSection.Move, Named(Key.Tab)) with { Hint = "pane" },
        New(CommandId.FocusPrevious, "focus-previous", "Focus previous pane", "The same the other way round.", CommandSection.Move, KeyChord.Of(Key.Tab, KeyModifiers.Shift)),
        New(CommandId.NextNeedy, "next", "Next that needs me", "Selects the next agent that failed, is blocked, waits or is limited, then the longest idle one.", CommandSection.Move, Char('w')) with { Hint = "next waiting" },
        New(CommandId.Back, "back", "Back", "Leaves the innermost thing: history, zoom, pane focus, marks, filter.", CommandSection.Move, Named(Key.Escape)),

        New(CommandId.Attach, "attach", "Attach", "Leaves the deck for the agent's own tmux client; the detach key or tmux's own detach returns.", CommandSection.Agents, Named(Key.Enter)) with { Hint = "attach", Writes = true, WhyNot = CommandReasons.Attach },
        New(CommandId.Nudge, "nudge", "Nudge", "Sends a message and submits it, to the marked agents when any are marked; the outcome is verified.", CommandSection.Agents, Char('n')) with { Hint = "nudge", Writes = true, WhyNot = CommandReasons.Nudge },
        New(CommandId.Interrupt, "interrupt", "Interrupt", "Presses the agent's own interrupt key; asks first when more than one is marked.", CommandSection.Agents, Char('i')) with { Hint = "interrupt", Writes = true, WhyNot = model => CommandReasons.Session(model, new SessionCommand.Interrupt()) },
        New(CommandId.ClearScrollback, "clear", "Clear scrollback", "Drops the history of the agent's pane; asks first when more than one is marked.", CommandSection.Agents, Char('c')) with { Hint = "clear", Writes = true, WhyNot = model => CommandReasons.Session(model, new SessionCommand.ClearScrollback()) },
        New(CommandId.TypeInto, "type", "Type into the pane", "Every key goes to the agent until the key that ends it.", CommandSection.Agents, Char('I')) with { Hint = "type", Writes = true, WhyNot = CommandReasons.TypeInto },
        New(CommandId.Start, "start", "Start", "Starts a declared agent; asks first.", CommandSection.Agents, Char('s')) with { Hint = "start", Writes = true, WhyNot = model => CommandReasons.Session(model, new SessionCommand.Start()) },
        New(CommandId.Stop, "stop", "Stop", "Interrupts, waits the grace period, then kills; asks first.", CommandSection.Agents, Char('x')) with { Hint = "stop", Writes = true, WhyNot = model => CommandReasons.Session(model, new SessionCommand.Stop()) },
        New(CommandId.Restart, "restart", "Restart", "Stops and starts again; asks first.", CommandSection.Agents, Char('r')) with { Hint = "restart", Writes = true, WhyNot = model => CommandReasons.Session(model, new SessionCommand.Restart()) },
        New(CommandId.Acknowledge, "acknowledge", "Acknowledge", "Takes what the agent wants as seen: it no longer ranks first and w passes it by, until it changes or prints anything; asks first when more than one is marked.", CommandSection.Agents) with { Writes = true, WhyNot = model => CommandReasons.Session(model, new SessionCommand.Acknowledge()) },
        New(CommandId.Mark, "mark", "Mark", "Marks the agent or takes its mark away; many commands act on all marked agents.", CommandSection.Agents, Char(' ')) with { Hint = "mark", WhyNot = CommandReasons.NeedsAgent },
        New(CommandId.MarkAll, "mark-all", "Mark all shown", "Marks every agent that the filter shows, or none when all are marked.", CommandSection.Agents, Char('*')) with { WhyNot = CommandReasons.NeedsShown },
        New(CommandId.Details, "details", "Details", "Conditions with their ages, processes, last exit, and why the agent is in its state.", CommandSection.Agents, Char('d')) with { Hint = "details", WhyNot = CommandReasons.NeedsAgent },
        New(CommandId.Log, "log", "Log", "The container's log, and that of the container before it.", CommandSection.Agents, Char('l')) with { WhyNot = CommandReasons.Log },

        New(CommandId.Filter, "filter", "Filter", "Words, phase:failed, source:gc, is:waiting, pod:, node:, ns:, dialect:, label:, !word; the list follows while you type.", CommandSection.View, Char('/')) with { Hint = "filter" },
        New(CommandId.Sort, "sort", "Sort", "Attention, name, idle, phase, age.", CommandSection.View, Char('o')) with { Hint = "sort" },
        New(CommandId.Panes, "panes", "Pane layout", "1, 2, 4, 6 or 9 panes.", CommandSection.View, Char('v')) with { Hint = "panes" },
        New(CommandId.Zoom, "zoom", "Zoom", "The focused or selected pane fills the screen.", CommandSection.View, Char('z')) with { Hint = "zoom", WhyNot = CommandReasons.NeedsAgent },
        New(CommandId.Pin, "pin", "Pin", "Keeps the agent's pane on the wall wherever the selection goes.", CommandSection.View, Char('p')) with { Hint = "pin", WhyNot = CommandReasons.NeedsAgent },
        New(CommandId.Events, "events", "Events", "What happened and by whom, newest first.", CommandSection.View, Char('e')) with { Hint = "events" },

        New(CommandId.Search, "search", "Search", "Searches the focused pane and its history, upwards.", CommandSection.Pane, KeyContext.Pane, Char('/')) with { Hint = "search", WhyNot = CommandReasons.NeedsPane },
        New(CommandId.SearchNext, "search-next", "Next match", "The next match, upwards.", CommandSection.Pane, KeyContext.History, Char('n')) with { Hint = "older match", WhyNot = CommandReasons.NeedsSearch },
        New(CommandId.SearchPrevious, "search-previous", "Previous match", "The match before, downwards.", CommandSection.Pane, KeyContext.History, Char('N')) with { Hint = "newer match", WhyNot = CommandReasons.NeedsSearch },
        New(CommandId.Copy, "copy", "Copy", "Copies the text that the focused pane shows to the terminal's clipboard (OSC 52).", CommandSection.Pane, KeyContext.Pane, Char('y')) with { Hint = "copy", WhyNot = CommandReasons.NeedsPane },
        New(CommandId.EndTyping, "end-typing", "End typing", "Keys belong to the deck again.", CommandSection.Pane, KeyContext.Typing, Control(']')) with { Hint = "end typing", Writes = true, WhyNot = CommandReasons.NeedsTyping },

        New(CommandId.Palette, "palette", "Command palette", "Every command and every agent by a few letters of its name.", CommandSection.Deck, Char(':')) with { Hint = "command" },
        New(CommandId.Help, "help", "Help", "All keys as they are bound now.", CommandSection.Deck, Char('?')) with { Hint = "help" },
        New(CommandId.Theme, "theme", "Theme", "Picks a theme with a live preview.", CommandSection.Deck, Char('t')),
        New(CommandId.Mouse, "mouse", "Mouse on or off", "Off, the terminal's own selection works.", CommandSection.Deck, Char('m')),
        New(CommandId.Screenshot, "screenshot", "Save a screenshot", "Writes the screen as SVG and as text into the current directory.", CommandSection.Deck),
        New(CommandId.Suspend, "suspend", "Suspend", "Stops the deck as a shell job; fg brings it back.", CommandSection.Deck, Control('z')),
        New(CommandId.Quit, "quit", "Quit", "Leaves the deck; agents keep running.", CommandSection.Deck, Char('q'), Control('c')) with { Hint = "quit" },
    ];

    private static readonly FrozenDictionary<CommandId, CommandInfo> ById = All.ToFrozenDictionary(command => command.Id);

    private static readonly ImmutableArray<CommandInfo> Reading = [.. All.Where(command => !command.Writes)];

    /// <summary>What is known about a command.</summary>
    public static CommandInfo Of(CommandId id) => ById[id];

    /// <summary>The commands that exist in this deck: all, or without those that write when it is read-only.</summary>
    public static ImmutableArray<CommandInfo> In(AppModel model) => model.ReadOnly ? Reading : All;

    private static CommandInfo JumpTo(int number) =>
        New(CommandId.Pane1 + (number - 1), $"pane-{number}", $"Pane {number}", $"Focuses pane {number} of the wall.", CommandSection.Move, Char((char)('0' + number)))
        with
        { WhyNot = model => CommandReasons.HasPane(model, number) };

    private static CommandInfo New(CommandId id, string name, string title, string help, CommandSection section, params ImmutableArray<KeyChord> keys) =>
        New(id, name, title, help, section, KeyContext.Anywhere, keys);

    private static CommandInfo New(CommandId id, string name, string title, string help, CommandSection section, KeyContext context, params ImmutableArray<KeyChord> keys) =>
        new(id, name, title, help, section, context, keys);

    private static KeyChord Char(char character) => KeyChord.Of(character);

    private static KeyChord Control(char character) => KeyChord.Of(character, KeyModifiers.Control);

    private static KeyChord Named(Key key) => KeyChord.Of(key);
}
