using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>
/// A table of which only the visible rows are ever touched. Made for one frame: it fits the columns into the surface and
/// draws the header; the owner then draws the rows from <see cref="First"/> up to <see cref="End"/>, each through
/// <see cref="Row"/>. One blank separates columns. Without room for a second row there is no header.
/// </summary>
internal ref struct Table
{
    /// <summary>The most columns a table has.</summary>
    public const int MostColumns = 24;

    private readonly Surface _surface;
    private readonly ReadOnlySpan<TableColumn> _columns;
    private readonly TableStyles _styles;
    private readonly int _headerHeight;
    private TableAreas _areas;

    /// <summary>Fits the columns and draws the header.</summary>
    /// <param name="surface">Where; its background is already drawn.</param>
    /// <param name="columns">At most <see cref="MostColumns"/>.</param>
    /// <param name="styles">Header and selection.</param>
    /// <param name="sort">The mark in the header.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="first">The first row to show; <see cref="ScrollWindow.Follow"/> keeps it right.</param>
    public Table(Surface surface, ReadOnlySpan<TableColumn> columns, TableStyles styles, TableSort sort, int count, int first)
    {
        _surface = surface;
        _columns = columns;
        _styles = styles;
        _headerHeight = HeaderHeight(surface.Height);
        First = Math.Clamp(first, 0, Math.Max(0, count));
        End = Math.Min(count, First + VisibleRows(surface.Height));
        TableFit.Place(columns, surface.Width, _areas[..columns.Length]);
        if (_headerHeight > 0)
        {
            DrawHeader(sort);
        }
    }

    /// <summary>The first visible row.</summary>
    public int First { get; }

    /// <summary>The row after the last visible one.</summary>
    public int End { get; }

    /// <summary>How many rows fit below the header at a height.</summary>
    public static int VisibleRows(int height) => Math.Max(0, height - HeaderHeight(height));

    /// <summary>A visible row to write into; draws the selection's background.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public TableRow Row(int index, bool isSelected)
    {
        var line = new Rect(0, _headerHeight + index - First, _surface.Width, 1);
        if (isSelected)
        {
            _surface.Fill(line, _styles.Selection);
        }

        return new TableRow(_surface.Slice(line), _columns, _areas[.._columns.Length], isSelected ? _styles.Selection : null);
    }

    private static int HeaderHeight(int height) => height > 1 ? 1 : 0;

    private void DrawHeader(TableSort sort)
    {
        var row = new TableRow(_surface.Slice(new Rect(0, 0, _surface.Width, 1)), _columns, _areas[.._columns.Length], null);
        for (var column = 0; column < _columns.Length; column++)
        {
            var isSorted = column == sort.Column;
            var style = isSorted ? _styles.SortedHeader : _styles.Header;
            row.Write(column, _columns[column].Title, style);
            var area = _areas[column];
            var titleWidth = TextMeasure.Width(_columns[column].Title);
            if (isSorted && titleWidth < area.Width)
            {
                var mark = _columns[column].IsRight ? area.Right - titleWidth - 1 : area.X + titleWidth;
                _surface.Put(mark, 0, sort.IsDescending ? '▾' : '▴', 1, style, 0);
            }
        }
    }
}
