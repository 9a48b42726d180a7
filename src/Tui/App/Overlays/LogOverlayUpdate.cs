using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Updates;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Shows the log of an agent's container: it follows the end until it is scrolled up.</summary>
internal static class LogOverlayUpdate
{
    /// <summary>How many lines are kept; the oldest go first.</summary>
    public const int MostRows = 10_000;

    private const int ColumnStep = 20;

    /// <summary>Opens the log of an agent.</summary>
    public static Transition Open(AppModel model, AgentId agent) => model with { Overlay = Begin(model, new LogWant(agent, IsPrevious: false, 0)) };

    /// <summary>What a key or click does.</summary>
    public static Transition Apply(AppModel model, LogOverlay log, TerminalEvent input)
    {
        var view = log.View;
        if (view.IsSearching)
        {
            return model with { Overlay = log with { View = Search(model, log, input) } };
        }

        if (view.Search.Length > 0 && DialogKeys.Is(input, Key.Escape))
        {
            return model with { Overlay = log with { View = view with { Search = "", MatchRow = null } } };
        }

        var place = LogViewModel.Place(model);
        if (DialogKeys.ClosesReader(input, place))
        {
            return model with { Overlay = null };
        }

        var next = input switch
        {
            _ when DialogKeys.Is(input, 'p') => Begin(model, log.Log with { IsPrevious = !log.Log.IsPrevious, Reading = log.Log.Reading + 1 }),
            _ when DialogKeys.Is(input, 'R') => Begin(model, log.Log with { Reading = log.Log.Reading + 1 }),
            _ when DialogKeys.Is(input, '/') => log with { View = view with { IsSearching = true, Search = "", MatchRow = null } },
            _ when DialogKeys.Is(input, 'n') => log with { View = Next(model, log, -1) },
            _ when DialogKeys.Is(input, 'N') => log with { View = Next(model, log, 1) },
            _ when DialogKeys.Is(input, Key.Left) => log with { Column = Math.Max(0, log.Column - ColumnStep) },
            _ when DialogKeys.Is(input, Key.Right) => log with { Column = Math.Min(log.Column + ColumnStep, Math.Max(0, Widest(log) - place.Body.Width)) },
            _ => Scroll(log, LogViewModel.Page(place), input),
        };
        return ReferenceEquals(next, log) ? model : model with { Overlay = next };
    }

    /// <summary>Takes in what came of the log.</summary>
    public static Transition Notice(AppModel model, LogOverlay log, AppMessage message)
    {
        if (message is not LogRead read || read.Log != log.Log)
        {
            return model;
        }

        var view = log.View;
        var all = view.Screen!.Rows.Concat(read.Rows).ToArray();
        var dropped = Math.Max(0, all.Length - MostRows);
        var rows = dropped > 0 ? all[dropped..] : all;
        // Who scrolled up keeps reading the same lines.
        var offset = view.Offset == 0 ? 0 : Math.Min(view.Offset + read.Rows.Length, Highest(rows.Length, LogViewModel.Page(LogViewModel.Place(model))));
        var filled = view with { Screen = view.Screen with { Rows = rows }, Offset = offset, MatchRow = view.MatchRow - dropped is >= 0 and var row ? row : null };
        return model with { Overlay = log with { View = filled, End = read.End ?? log.End } };
    }

    private static LogOverlay Begin(AppModel model, LogWant log)
    {
        var nothing = new PaneScreen(log.Agent, 0, PaneContentKind.Log, model.Now, [], new PaneMetadata { PaneId = "", Size = new Size(1, 1) });
        return new LogOverlay(log, new HistoryView(log.Agent, nothing, 0), 0, null);
    }

    private static LogOverlay Scroll(LogOverlay log, int page, TerminalEvent input)
    {
        var highest = Highest(log.View.Screen!.Rows.Length, page);
        var moved = ListKeys.Move(highest - log.View.Offset, highest, page - 1, input, letters: true);
        return moved is { } first ? log with { View = log.View with { Offset = highest - first } } : log;
    }

    private static HistoryView Search(AppModel model, LogOverlay log, TerminalEvent input)
    {
        var view = log.View;
        return DialogKeys.Is(input, Key.Enter) ? view with { IsSearching = false }
            : DialogKeys.Closes(input) ? view with { IsSearching = false, Search = "", MatchRow = null }
            : LineEdit.Apply(view.SearchInput, input) is not { } typed ? view
            : typed.Text == view.Search ? view with { SearchInput = typed }
            : HistorySearch.Step(view with { SearchInput = typed, MatchRow = null }, model.Tables, LogViewModel.Page(LogViewModel.Place(model)), view.Screen!.Rows.Length, -1);
    }

    private static HistoryView Next(AppModel model, LogOverlay log, int direction) =>
        HistorySearch.Step(log.View, model.Tables, LogViewModel.Page(LogViewModel.Place(model)), log.View.MatchRow ?? log.View.Screen!.Rows.Length, direction);

    private static int Highest(int rows, int page) => Math.Max(0, rows - page);

    private static int Widest(LogOverlay log) => log.View.Screen!.Rows.Max(static (Cell[] row) => (int?)row.Length) ?? 0;
}
