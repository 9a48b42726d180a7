using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Drawing;

/// <summary>Arranges panes of equal weight in rows and columns so that each comes as near as it can to the shape of a terminal.</summary>
internal static class PaneGrid
{
    private const int TerminalWidth = 80;
    private const int TerminalHeight = 24;

    /// <summary>Tiles the area with as many panes as <paramref name="panes"/> is long, row by row; a last row with fewer panes has wider ones.</summary>
    public static void Split(Rect area, Span<Rect> panes)
    {
        if (panes.IsEmpty)
        {
            return;
        }

        var columns = Columns(area, panes.Length);
        var rows = (panes.Length + columns - 1) / columns;
        for (var row = 0; row < rows; row++)
        {
            var top = area.Height * row / rows;
            var bottom = area.Height * (row + 1) / rows;
            var inRow = Math.Min(columns, panes.Length - row * columns);
            for (var column = 0; column < inRow; column++)
            {
                var left = area.Width * column / inRow;
                var right = area.Width * (column + 1) / inRow;
                panes[row * columns + column] = new Rect(area.X + left, area.Y + top, right - left, bottom - top);
            }
        }
    }

    /// <summary>The number of columns for so many panes.</summary>
    public static int Columns(Rect area, int panes)
    {
        var best = 1;
        for (var columns = 2; columns <= panes; columns++)
        {
            // Ragged grids only where no even one exists.
            if ((panes % columns == 0 || !IsEven(panes)) && Fit(area, panes, columns) > Fit(area, panes, best))
            {
                best = columns;
            }
        }

        return best;
    }

    private static bool IsEven(int panes) => panes is 1 or 2 or 3 or 4 or 6 or 8 or 9;

    // How much of a terminal's width and height a pane gets, whichever is less.
    private static long Fit(Rect area, int panes, int columns)
    {
        var rows = (panes + columns - 1) / columns;
        return Math.Min((long)area.Width * TerminalHeight * rows, (long)area.Height * TerminalWidth * columns) / rows / columns;
    }
}
