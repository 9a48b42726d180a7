using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Input;

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

    private static AppModel Step(AppModel model, int from, int direction) =>
        HistoryUpdate.With(model, HistorySearch.Step(model.Wall.History!, model.Tables, HistoryUpdate.Page(model), from, direction));
}
