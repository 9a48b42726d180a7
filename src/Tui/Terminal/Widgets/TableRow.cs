using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>One visible row of a <see cref="Table"/> to write cells into; columns that dropped out swallow what is written.</summary>
internal readonly ref struct TableRow
{
    private readonly Surface _surface;
    private readonly ReadOnlySpan<TableColumn> _columns;
    private readonly ReadOnlySpan<Rect> _areas;
    private readonly Style? _selection;

    /// <summary>Creates a row over its surface; <paramref name="areas"/> has a place for every column.</summary>
    public TableRow(Surface surface, ReadOnlySpan<TableColumn> columns, ReadOnlySpan<Rect> areas, Style? selection)
    {
        _surface = surface;
        _columns = columns;
        _areas = areas;
        _selection = selection;
    }

    /// <summary>Whether a column is wide enough to be seen.</summary>
    public bool Shows(int column) => !_areas[column].IsEmpty;

    /// <summary>Writes a cell, cut with an ellipsis; with the selection's background and attributes when the row is selected.</summary>
    public void Write(int column, ReadOnlySpan<char> text, Style style)
    {
        var area = _areas[column];
        if (area.IsEmpty)
        {
            return;
        }

        var room = _columns[column].IsRight ? area.Width - Math.Min(area.Width, TextMeasure.Width(text)) : 0;
        _surface.WriteCut(area.X + room, 0, text, area.Width - room, _selection is { } selection ? style.On(selection).With(selection.Attributes) : style);
    }

    /// <summary>The place of a cell, to draw anything into it; empty when the column dropped out.</summary>
    public Surface Cell(int column) => _surface.Slice(_areas[column]);
}
