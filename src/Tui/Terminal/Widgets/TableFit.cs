using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>Fits the columns of a table into a width. Pure.</summary>
internal static class TableFit
{
    private const int Gap = 1;

    /// <summary>
    /// Gives every column its place in a row of one cell's height; an empty place to those that dropped out. Columns of
    /// priority 0 stay and shrink, the last one first.
    /// </summary>
    public static void Place(ReadOnlySpan<TableColumn> columns, int width, Span<Rect> areas)
    {
        var limit = Limit(columns, width);
        Span<Extent> extents = stackalloc Extent[columns.Length];
        Span<int> sizes = stackalloc int[columns.Length];
        var shown = 0;
        var shares = false;
        foreach (var column in columns)
        {
            if (column.Priority <= limit)
            {
                extents[shown++] = column.Weight > 0 ? Extent.Share(column.Weight, column.Minimum) : Extent.Fixed(column.Minimum);
                shares |= column.Weight > 0;
            }
        }

        // Without a column that takes the rest, the rest stays empty.
        var room = Math.Max(0, width - Gap * Math.Max(0, shown - 1));
        Layout.Sizes(shares ? room : Math.Min(room, Needed(columns, limit) - Gap * Math.Max(0, shown - 1)), extents[..shown], sizes[..shown]);

        var x = 0;
        var next = 0;
        for (var column = 0; column < columns.Length; column++)
        {
            var size = columns[column].Priority <= limit ? sizes[next++] : 0;
            areas[column] = new Rect(x, 0, Math.Min(size, Math.Max(0, width - x)), 1);
            x += size > 0 ? size + Gap : 0;
        }
    }

    private static int Limit(ReadOnlySpan<TableColumn> columns, int width)
    {
        var limit = 0;
        foreach (var column in columns)
        {
            limit = Math.Max(limit, column.Priority);
        }

        while (limit > 0 && Needed(columns, limit) > width)
        {
            limit--;
        }

        return limit;
    }

    private static int Needed(ReadOnlySpan<TableColumn> columns, int limit)
    {
        var needed = -Gap;
        foreach (var column in columns)
        {
            needed += column.Priority <= limit ? column.Minimum + Gap : 0;
        }

        return Math.Max(0, needed);
    }
}
