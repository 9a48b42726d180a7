using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Model;
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
            return Refuse(model, command, "this deck is read-only; start it without --read-only (or read_only in agents.toml) to act on agents");
        }

        return command.WhyNot(model) is { } reason ? Refuse(model, command, reason) : Do(model, id);
    }

    private static AppModel Refuse(AppModel model, CommandInfo command, string reason) =>
        Notices.Add(model, NoticeKind.Warning, $"{command.Title}: {reason}");

    private static Transition Do(AppModel model, CommandId id) => id switch
    {
        CommandId.Mouse => Notices.Add(
            model with { Mouse = !model.Mouse },
            NoticeKind.Info,
            model.Mouse ? "mouse off: the terminal's own selection works" : "mouse on: click selects, double click attaches, wheel scrolls"),
        CommandId.Screenshot => new Transition(model, [new SaveScreenshot()]),
        CommandId.Suspend => new Transition(model, [new SuspendApp()]),
        CommandId.Quit => new Transition(model, [new QuitApp(0)]),
        _ => model,
    };
}
