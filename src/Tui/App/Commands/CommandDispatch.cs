using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.App.Updates;

namespace AgentDeck.Tui.App.Commands;

/// <summary>Runs a command, whoever asked for it: a key, the palette, a click. Pure.</summary>
internal static class CommandDispatch
{
    /// <summary>What the command does, or a notice that says why it cannot be done.</summary>
    public static Transition Run(AppModel model, CommandId id)
    {
        var command = CommandCatalog.Of(id);
        if (model.ReadOnly && command.Writes)
        {
            return Refuse(model, command, "this deck is read-only (--read-only, or read_only in agents.toml)");
        }

        return command.WhyNot(model) is { } reason ? Refuse(model, command, reason) : Do(model, id);
    }

    private static AppModel Refuse(AppModel model, CommandInfo command, string reason) =>
        Notices.Add(model, NoticeKind.Warning, $"{command.Title}: {reason}");

    private static Transition Do(AppModel model, CommandId id) => id switch
    {
        CommandId.MoveUp => Vertical(model, 1),
        CommandId.MoveDown => Vertical(model, -1),
        CommandId.PageUp => Vertical(model, Page(model)),
        CommandId.PageDown => Vertical(model, -Page(model)),
        CommandId.GoTop => InPane(model) ? HistoryUpdate.Top(model) : ListUpdate.Move(model, int.MinValue),
        CommandId.GoBottom => InPane(model) ? HistoryUpdate.Bottom(model) : ListUpdate.Move(model, int.MaxValue),
        >= CommandId.Pane1 and <= CommandId.Pane9 => WallUpdate.FocusAt(model, id - CommandId.Pane1),
        CommandId.FocusNext => WallUpdate.FocusBy(model, 1),
        CommandId.FocusPrevious => WallUpdate.FocusBy(model, -1),
        CommandId.NextNeedy => ListUpdate.NextNeedy(model),
        CommandId.Back => WallUpdate.Back(model),
        CommandId.Attach => new Transition(model, [new AttachTerminal(CommandTargets.Current(model)!.Id, model.DetachKey)]),
        CommandId.Interrupt => OperationUpdate.RunOrAsk(model, new SessionCommand.Interrupt()),
        CommandId.ClearScrollback => OperationUpdate.RunOrAsk(model, new SessionCommand.ClearScrollback()),
        CommandId.Acknowledge => OperationUpdate.RunOrAsk(model, new SessionCommand.Acknowledge()),
        CommandId.Start => OperationUpdate.Ask(model, new SessionCommand.Start()),
        CommandId.Stop => OperationUpdate.Ask(model, new SessionCommand.Stop()),
        CommandId.Restart => OperationUpdate.Ask(model, new SessionCommand.Restart()),
        CommandId.TypeInto => TypingUpdate.Begin(model),
        CommandId.EndTyping => TypingUpdate.End(model),
        CommandId.Mark => ListUpdate.Mark(model),
        CommandId.MarkAll => ListUpdate.MarkAll(model),
        CommandId.Filter => FilterUpdate.Begin(model),
        CommandId.Sort => ListUpdate.Sort(model),
        CommandId.Panes => WallUpdate.NextLayout(model),
        CommandId.Zoom => WallUpdate.Zoom(model),
        CommandId.Pin => WallUpdate.Pin(model),
        CommandId.Search => SearchUpdate.Begin(model),
        CommandId.SearchNext => SearchUpdate.Next(model, -1),
        CommandId.SearchPrevious => SearchUpdate.Next(model, 1),
        CommandId.Copy => CopyUpdate.Apply(model),
        CommandId.Nudge => NudgeOverlayUpdate.Open(model, [.. CommandTargets.Of(model).Select(agent => agent.Id)]),
        CommandId.Palette => PaletteOverlayUpdate.Open(model),
        CommandId.Help => HelpOverlayUpdate.Open(model),
        CommandId.Events => EventsOverlayUpdate.Open(model),
        CommandId.Details => DetailsOverlayUpdate.Open(model, CommandTargets.Current(model)!.Id),
        CommandId.Log => LogOverlayUpdate.Open(model, CommandTargets.Current(model)!.Id),
        CommandId.Theme => ThemeOverlayUpdate.Open(model),
        CommandId.Mouse => ToggleMouse(model),
        CommandId.Screenshot => new Transition(model, [new SaveScreenshot()]),
        CommandId.Suspend => new Transition(model, [new SuspendApp()]),
        CommandId.Quit => new Transition(model, [new QuitApp(0)]),
        _ => model,
    };

    private static bool InPane(AppModel model) => model.Wall.Focused is not null;

    private static int Page(AppModel model) => Math.Max(1, (InPane(model) ? HistoryUpdate.Page(model) : model.Layout.ListRows) - 1);

    private static Transition Vertical(AppModel model, int up) => InPane(model) ? HistoryUpdate.Scroll(model, up) : ListUpdate.Move(model, -up);

    private static AppModel ToggleMouse(AppModel model) => Notices.Add(
        model with { Mouse = !model.Mouse },
        NoticeKind.Info,
        model.Mouse ? "mouse off: the terminal's own selection works" : "mouse on: click selects, double click attaches, wheel scrolls",
        "mouse");
}
