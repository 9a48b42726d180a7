using System.Globalization;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Drawing;

/// <summary>A clipped view of a buffer with its own origin: the only way to draw. Everything outside is dropped.</summary>
internal readonly ref struct Surface
{
    private readonly ScreenBuffer _buffer;
    private readonly Rect _area;
    private readonly Rect _clip;

    /// <summary>The whole buffer.</summary>
    public Surface(ScreenBuffer buffer)
        : this(buffer, buffer.Bounds, buffer.Bounds)
    {
    }

    private Surface(ScreenBuffer buffer, Rect area, Rect clip)
    {
        _buffer = buffer;
        _area = area;
        _clip = clip;
    }

    /// <summary>Cells in a row, clipped or not.</summary>
    public int Width => _area.Width;

    /// <summary>Rows, clipped or not.</summary>
    public int Height => _area.Height;

    /// <summary>The area in its own coordinates: starts at 0,0.</summary>
    public Rect Bounds => new(0, 0, _area.Width, _area.Height);

    /// <summary>Where a place of this surface is on the screen.</summary>
    public Position ToScreen(int x, int y) => new(_area.X + x, _area.Y + y);

    /// <summary>A part of it, in its own coordinates.</summary>
    public Surface Slice(Rect part)
    {
        var moved = part with { X = _area.X + part.X, Y = _area.Y + part.Y };
        return new Surface(_buffer, moved, _clip.Intersect(moved));
    }

    /// <summary>Writes blanks in a style.</summary>
    public void Fill(Rect part, Style style)
    {
        var target = _clip.Intersect(part with { X = _area.X + part.X, Y = _area.Y + part.Y });
        var blank = new Cell(0, style.Foreground, style.Background, style.Attributes, 0);
        for (var y = target.Y; y < target.Bottom; y++)
        {
            Detach(target.X, y);
            Detach(target.Right, y);
            _buffer.Row(y).Slice(target.X, target.Width).Fill(blank);
        }
    }

    /// <summary>Writes a text in one row and returns the column after it. Clusters that do not fit whole are not written.</summary>
    public int Write(int x, int y, ReadOnlySpan<char> text, Style style)
    {
        while (!text.IsEmpty)
        {
            var length = StringInfo.GetNextTextElementLength(text);
            var cluster = text[..length];
            var width = CellWidth.Of(cluster);
            if (width > 0)
            {
                Put(x, y, _buffer.Tables.Glyphs.Intern(cluster), width, style, 0);
            }

            x += width;
            text = text[length..];
        }

        return x;
    }

    /// <summary>Writes one glyph of a known width.</summary>
    public void Put(int x, int y, int glyph, int width, Style style, ushort decoration)
    {
        var column = _area.X + x;
        var row = _area.Y + y;
        if (row < _clip.Y || row >= _clip.Bottom || column < _clip.X || column + width > _clip.Right)
        {
            return;
        }

        Detach(column, row);
        Detach(column + width, row);
        var cells = _buffer.Row(row);
        if (width == 2)
        {
            cells[column] = new Cell(glyph, style.Foreground, style.Background, style.Attributes | CellAttributes.WideLead, decoration);
            cells[column + 1] = new Cell(0, style.Foreground, style.Background, style.Attributes | CellAttributes.WideTail, decoration);
        }
        else
        {
            cells[column] = new Cell(glyph, style.Foreground, style.Background, style.Attributes, decoration);
        }
    }

    /// <summary>Copies ready cells into a row, without splitting a wide character at either edge.</summary>
    public void Copy(int x, int y, ReadOnlySpan<Cell> cells)
    {
        var row = _area.Y + y;
        var start = Math.Max(_area.X + x, _clip.X);
        var end = Math.Min(_area.X + x + cells.Length, _clip.Right);
        if (row < _clip.Y || row >= _clip.Bottom || start >= end)
        {
            return;
        }

        Detach(start, row);
        Detach(end, row);
        var target = _buffer.Row(row);
        cells.Slice(start - _area.X - x, end - start).CopyTo(target[start..]);
        if ((target[start].Attributes & CellAttributes.WideTail) != 0)
        {
            target[start] = Blank(target[start]);
        }

        if ((target[end - 1].Attributes & CellAttributes.WideLead) != 0)
        {
            target[end - 1] = Blank(target[end - 1]);
        }
    }

    /// <summary>Changes the style of cells that are already drawn, keeping their glyphs.</summary>
    public void Restyle(Rect part, Func<Style, Style> change)
    {
        var target = _clip.Intersect(part with { X = _area.X + part.X, Y = _area.Y + part.Y });
        for (var y = target.Y; y < target.Bottom; y++)
        {
            foreach (ref var cell in _buffer.Row(y).Slice(target.X, target.Width))
            {
                var width = cell.Attributes & CellAttributes.WidthMask;
                var style = change(new Style(cell.Foreground, cell.Background, cell.Attributes & ~CellAttributes.WidthMask));
                cell = new Cell(cell.Glyph, style.Foreground, style.Background, style.Attributes | width, cell.Decoration);
            }
        }
    }

    private static Cell Blank(Cell cell) => cell with { Glyph = 0, Attributes = cell.Attributes & ~CellAttributes.WidthMask, Decoration = 0 };

    // Whatever is about to be written from this column on must not leave half of a wide character to its left.
    private void Detach(int column, int row)
    {
        if (column <= 0 || column >= _buffer.Size.Width)
        {
            return;
        }

        var cells = _buffer.Row(row);
        if ((cells[column].Attributes & CellAttributes.WideTail) != 0)
        {
            cells[column - 1] = Blank(cells[column - 1]);
            cells[column] = Blank(cells[column]);
        }
    }
}
