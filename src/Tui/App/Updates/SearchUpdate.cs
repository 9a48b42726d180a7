using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.App.Updates;

/// <summary>Searching the focused pane and its history, from the newest line upwards.</summary>
internal static class SearchUpdate
{
    /// <summary>Begins to type a search; the history is read meanwhile.</summary>
    public static Transition Begin(AppModel model)
    {
        var history = (model.Wall.History ?? HistoryUpdate.Open(model)) with { IsSearching = true, Search = "", MatchRow = null };
        return HistoryUpdate.Request(HistoryUpdate.With(model, history), HistoryUpdate.MostLines, wantsTop: false);
    }

    /// <summary>What a key or paste does while the search is typed.</summary>
    public static AppModel Apply(AppModel model, TerminalEvent input)
    {
        var history = model.Wall.History!;
        return input switch
        {
            KeyPressed { Chord.Key: Key.Enter } => HistoryUpdate.With(model, history with { IsSearching = false }),
            KeyPressed { Chord.Key: Key.Escape } => HistoryUpdate.With(model, history with { IsSearching = false, Search = "", MatchRow = null }),
            KeyPressed { Chord: var chord } when chord == KeyChord.Of('c', KeyModifiers.Control) =>
                HistoryUpdate.With(model, history with { IsSearching = false, Search = "", MatchRow = null }),
            _ => LineEdit.Apply(history.SearchInput, input) is not { } search ? model
                : search.Text == history.Search ? HistoryUpdate.With(model, history with { SearchInput = search })
                : Find(HistoryUpdate.With(model, history with { SearchInput = search, MatchRow = null })),
        };
    }

    /// <summary>Goes to the newest match.</summary>
    public static AppModel Find(AppModel model) =>
        model.Wall.History is { Screen: { } screen } ? Step(model, screen.Rows.Length, -1) : model;

    /// <summary>Goes to the next match upwards (<paramref name="direction"/> -1) or downwards (1), around the end.</summary>
    public static AppModel Next(AppModel model, int direction)
    {
        if (model.Wall.History is not { Screen: { } screen } history)
        {
            return model;
        }

        var found = Step(model, history.MatchRow ?? screen.Rows.Length, direction);
        return found.Wall.History!.MatchRow is null ? Notices.Add(found, NoticeKind.Info, $"'{history.Search}' is not in what was read of the history") : found;
    }

    private static AppModel Step(AppModel model, int from, int direction)
    {
        var history = model.Wall.History!;
        var rows = history.Screen!.Rows;
        if (history.Search.Length == 0 || rows.Length == 0)
        {
            return model;
        }

        var reader = new RowText(model.Tables);
        for (var step = 1; step <= rows.Length; step++)
        {
            var row = ((from + direction * step) % rows.Length + rows.Length) % rows.Length;
            if (reader.Read(rows[row]).IndexOf(history.Search) >= 0)
            {
                return HistoryUpdate.With(model, history with { MatchRow = row, Offset = Reveal(model, history, row) });
            }
        }

        return HistoryUpdate.With(model, history with { MatchRow = null });
    }

    // A match that is already in view does not move the view; another one comes to its middle.
    private static int Reveal(AppModel model, HistoryView history, int row)
    {
        var page = HistoryUpdate.Page(model);
        var fromBottom = history.Screen!.Rows.Length - 1 - row;
        return fromBottom >= history.Offset && fromBottom < history.Offset + page
            ? history.Offset
            : Math.Clamp(fromBottom - page / 2, 0, HistoryUpdate.Highest(model, history.Screen));
    }
}
