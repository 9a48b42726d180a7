using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.App.Updates;

/// <summary>Finds a text in rows of cells. Pure.</summary>
internal static class HistorySearch
{
    /// <summary>The view at the next match upwards (<paramref name="direction"/> -1) or downwards (1) of a row, around the end; without a match it stays where it is.</summary>
    /// <param name="history">The rows and what is searched for.</param>
    /// <param name="tables">What the cells point into.</param>
    /// <param name="page">How many rows are in view.</param>
    /// <param name="from">The row from which to go; it is looked at last.</param>
    /// <param name="direction">Where to.</param>
    public static HistoryView Step(HistoryView history, CellTables tables, int page, int from, int direction)
    {
        var rows = history.Screen!.Rows;
        if (history.Search.Length == 0 || rows.Length == 0)
        {
            return history;
        }

        var reader = new RowText(tables);
        for (var step = 1; step <= rows.Length; step++)
        {
            var row = ((from + direction * step) % rows.Length + rows.Length) % rows.Length;
            if (reader.Read(rows[row]).IndexOf(history.Search) >= 0)
            {
                return history with { MatchRow = row, Offset = Reveal(history, page, row) };
            }
        }

        return history with { MatchRow = null };
    }

    // A match that is already in view does not move the view; another one comes to its middle.
    private static int Reveal(HistoryView history, int page, int row)
    {
        var rows = history.Screen!.Rows.Length;
        var fromBottom = rows - 1 - row;
        return fromBottom >= history.Offset && fromBottom < history.Offset + page
            ? history.Offset
            : Math.Clamp(fromBottom - page / 2, 0, Math.Max(0, rows - page));
    }
}
