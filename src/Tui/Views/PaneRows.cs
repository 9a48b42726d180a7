using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Views;

/// <summary>
/// Draws the rows of agents' screens in the theme's own default colours. One instance serves all panes: it only keeps buffers.
/// </summary>
internal sealed class PaneRows(CellTables tables)
{
    private readonly RowText _reader = new(tables);
    private Cell[] _line = new Cell[512];

    /// <summary>
    /// Draws the lowest rows with something on them, and the agent's cursor where its program shows one. Returns the
    /// cursor's place on the screen, or null when it is not in view.
    /// </summary>
    public Position? DrawLive(Surface surface, PaneScreen screen, Theme theme, bool isOld)
    {
        var first = Math.Max(0, UsedRows.Count(screen) - surface.Height);
        for (var row = 0; row < surface.Height && first + row < screen.Rows.Length; row++)
        {
            DrawRow(surface, row, screen.Rows[first + row], theme, isOld);
        }

        var (x, y) = (screen.Metadata.CursorX, screen.Metadata.CursorY - first);
        if (!screen.Metadata.CursorVisible || screen.Metadata.Dead || x >= surface.Width || y < 0 || y >= surface.Height)
        {
            return null;
        }

        surface.Restyle(new Rect(x, y, 1, 1), static style => style with { Attributes = style.Attributes ^ CellAttributes.Reverse });
        return surface.ToScreen(x, y);
    }

    /// <summary>Draws a picture that was scrolled up, with the matches of the search marked.</summary>
    /// <param name="surface">Where.</param>
    /// <param name="screen">The picture.</param>
    /// <param name="history">How far it is scrolled, and the search.</param>
    /// <param name="theme">The theme.</param>
    /// <param name="isOld">Whether it is dimmed.</param>
    /// <param name="column">The first column shown.</param>
    public void DrawHistory(Surface surface, PaneScreen screen, HistoryView history, Theme theme, bool isOld, int column = 0)
    {
        var first = Math.Max(0, screen.Rows.Length - history.Offset - surface.Height);
        for (var row = 0; row < surface.Height && first + row < screen.Rows.Length; row++)
        {
            var whole = screen.Rows[first + row];
            var cells = whole.AsSpan(Math.Min(column, whole.Length));
            DrawRow(surface, row, cells, theme, isOld);
            if (history.Search.Length > 0)
            {
                MarkMatches(surface, row, cells, history.Search, theme[ThemeRole.Match], isCurrent: first + row == history.MatchRow);
            }
        }
    }

    private void DrawRow(Surface surface, int y, ReadOnlySpan<Cell> cells, Theme theme, bool isOld)
    {
        var text = theme[isOld ? ThemeRole.Stale : ThemeRole.Text];
        var count = Math.Min(cells.Length, surface.Width);
        if (_line.Length < count)
        {
            _line = new Cell[count];
        }

        for (var column = 0; column < count; column++)
        {
            var cell = cells[column];
            _line[column] = cell with
            {
                Foreground = isOld || cell.Foreground.IsDefault ? text.Foreground : cell.Foreground,
                Background = isOld || cell.Background.IsDefault ? text.Background : cell.Background,
            };
        }

        surface.Copy(0, y, _line.AsSpan(0, count));
    }

    private void MarkMatches(Surface surface, int y, ReadOnlySpan<Cell> cells, string search, Style match, bool isCurrent)
    {
        var row = _reader.Read(cells);
        for (var at = row.IndexOf(search); at >= 0; at = row.IndexOf(search, at + search.Length))
        {
            var column = row.ColumnOf(at);
            surface.Restyle(new Rect(column, y, row.ColumnOf(at + search.Length) - column, 1), _ => isCurrent ? match.With(CellAttributes.Bold | CellAttributes.Underline) : match);
        }
    }
}
