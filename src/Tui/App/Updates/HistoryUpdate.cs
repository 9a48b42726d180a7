using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.App.Updates;

/// <summary>Scrolling through the history of the focused pane.</summary>
internal static class HistoryUpdate
{
    /// <summary>The most lines of history that are ever read.</summary>
    public const int MostLines = 50_000;

    private const int FirstLines = 1_000;

    /// <summary>Scrolls up by some lines, down when negative. The live screen comes back below the newest line.</summary>
    public static Transition Scroll(AppModel model, int lines)
    {
        var history = model.Wall.History ?? Open(model);
        if (history.Screen is not { } screen)
        {
            return With(model, history, FirstLines);
        }

        var highest = Highest(model, screen);
        var offset = (int)Math.Clamp((long)history.Offset + lines, 0, highest);
        if (offset == 0 && lines <= 0)
        {
            return model with { Wall = model.Wall with { History = null } };
        }

        if (highest == 0 && history.Unread == 0)
        {
            return Notices.Add(model, NoticeKind.Info, WhyNoHistory(screen));
        }

        var moved = With(model, history with { Offset = offset });
        return offset + Page(model) < highest || history.Unread == 0 ? moved : Request(moved, Math.Max(FirstLines, screen.Rows.Length * 4), wantsTop: false);
    }

    /// <summary>How many rows the focused pane shows.</summary>
    public static int Page(AppModel model) =>
        model.Wall.Focused is { } focused && model.Visible.IndexOf(focused) is >= 0 and var index && index < model.Layout.Panes.Length
            ? Math.Max(1, model.Layout.Panes[index].Inner.Height)
            : 1;

    /// <summary>Goes to the oldest line there is.</summary>
    public static Transition Top(AppModel model)
    {
        var history = model.Wall.History ?? Open(model);
        if (history.Screen is not { } screen)
        {
            return With(model, history with { WantsTop = true }, MostLines);
        }

        var highest = Highest(model, screen);
        if (highest == 0 && history.Unread == 0)
        {
            return Notices.Add(model, NoticeKind.Info, WhyNoHistory(screen));
        }

        var moved = With(model, history with { Offset = highest });
        return history.Unread == 0 ? moved : Request(moved, MostLines, wantsTop: true);
    }

    /// <summary>Goes back to the live screen.</summary>
    public static AppModel Bottom(AppModel model) => model with { Wall = model.Wall with { History = null } };

    /// <summary>The history that scrolling starts with: the picture that is on screen now, so that nothing jumps.</summary>
    public static HistoryView Open(AppModel model)
    {
        var agent = model.Wall.Focused!.Value;
        var history = new HistoryView(agent, null, 0);
        return model.Panes.GetValueOrDefault(agent) is { } screen ? Fill(history, screen) : history;
    }

    /// <summary>Asks for more lines unless as many were asked for already.</summary>
    public static Transition Request(AppModel model, int lines, bool wantsTop)
    {
        var history = model.Wall.History!;
        lines = Math.Min(lines, MostLines);
        var asked = history with { Requested = Math.Max(history.Requested, lines), WantsTop = history.WantsTop || wantsTop };
        var next = With(model, asked);
        return lines <= history.Requested ? next : new Transition(next, [new LoadHistory(history.Agent, lines)]);
    }

    /// <summary>Takes the lines in. What was printed meanwhile moves the picture up, so the view moves with it.</summary>
    public static AppModel Loaded(AppModel model, PaneScreen screen)
    {
        if (model.Wall.History is not { } history || history.Agent != screen.Agent)
        {
            return model;
        }

        var printed = history.Screen is { } old ? Math.Max(0, screen.Metadata.HistorySize - old.Metadata.HistorySize) : 0;
        var filled = Fill(history, screen);
        var highest = Highest(model, filled.Screen!);
        var offset = history.WantsTop ? highest : Math.Min(highest, history.Offset + printed);
        var loaded = With(model, filled with { Offset = offset, WantsTop = false, MatchRow = null });
        return history.Search.Length > 0 ? SearchUpdate.Find(loaded) : loaded;
    }

    /// <summary>The model with another history.</summary>
    public static AppModel With(AppModel model, HistoryView history) => model with { Wall = model.Wall with { History = history } };

    /// <summary>How far up the view can go in what was read.</summary>
    public static int Highest(AppModel model, PaneScreen screen) => Math.Max(0, screen.Rows.Length - Page(model));

    private static Transition With(AppModel model, HistoryView history, int lines) => Request(With(model, history), lines, wantsTop: false);

    private static HistoryView Fill(HistoryView history, PaneScreen screen) => history with
    {
        Screen = screen with { Rows = screen.Rows[..UsedRows.Count(screen)] },
        Unread = Math.Max(0, Math.Min(MostLines, screen.Metadata.HistorySize) - Math.Max(0, screen.Rows.Length - screen.Metadata.Size.Rows)),
    };

    private static string WhyNoHistory(PaneScreen screen) => screen.Metadata.AlternateScreen
        ? "no history: the program uses the alternate screen, which keeps none"
        : "no history yet: all there is stands on the screen";
}
