using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Drawing;

/// <summary>
/// A clipped view of a buffer with its own origin: the only way to draw. Everything outside is dropped; a wide character
/// is never split, neither at an edge nor by drawing over one of its halves: the half that is left becomes a blank.
/// Nothing here allocates.
/// </summary>
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

    /// <summary>Whether nothing of it can be seen.</summary>
    public bool IsEmpty => _clip.IsEmpty;

    /// <summary>What the cells of its buffer point into.</summary>
    public CellTables Tables => _buffer.Tables;

    /// <summary>Where a place of this surface is on the screen.</summary>
    public Position ToScreen(int x, int y) => new(_area.X + x, _area.Y + y);

    /// <summary>A part of it, in its own coordinates.</summary>
    public Surface Slice(Rect part)
    {
        var moved = ToScreen(part);
        return new Surface(_buffer, moved, _clip.Intersect(moved));
    }

    /// <summary>Writes blanks in a style.</summary>
    public void Fill(Rect part, Style style)
    {
        var target = _clip.Intersect(ToScreen(part));
        if (target.IsEmpty)
        {
            return;
        }

        var blank = Narrow(0, style, 0);
        for (var y = target.Y; y < target.Bottom; y++)
        {
            Detach(target.X, y);
            Detach(target.Right, y);
            _buffer.Row(y).Slice(target.X, target.Width).Fill(blank);
        }
    }

    /// <summary>
    /// Writes a text in one row and returns the column after it; a text that runs out on the right is not measured to its
    /// end. Control characters become U+FFFD, characters without width are left out.
    /// </summary>
    public int Write(int x, int y, ReadOnlySpan<char> text, Style style)
    {
        while (!text.IsEmpty && _area.X + x < _clip.Right)
        {
            var length = Grapheme.NextLength(text);
            if (length == 1 && text[0] is >= ' ' and < '\u007f')
            {
                Put(x++, y, text[0] == ' ' ? 0 : text[0], 1, style, 0);
                text = text[1..];
                continue;
            }

            var cluster = text[..length];
            var width = TextMeasure.ClusterWidth(cluster);
            if (width > 0)
            {
                Put(x, y, _buffer.Tables.Glyphs.Intern(cluster), width, style, 0);
            }

            x += width;
            text = text[length..];
        }

        return x;
    }

    /// <summary>Writes a text as <see cref="Write"/> does into at most so many cells, with an ellipsis where it was cut; returns the column after it.</summary>
    public int WriteCut(int x, int y, ReadOnlySpan<char> text, int cells, Style style)
    {
        if (cells <= 0)
        {
            return x;
        }

        if (TextMeasure.Fit(text, cells) == text.Length)
        {
            return Write(x, y, text, style);
        }

        x = Write(x, y, text[..TextMeasure.Fit(text, cells - 1)], style);
        return Write(x, y, TextMeasure.Ellipsis, style);
    }

    /// <summary>Writes one glyph of a known width, 1 or 2. A wide one of which only one half can be seen leaves a blank.</summary>
    public void Put(int x, int y, int glyph, int width, Style style, ushort decoration)
    {
        var column = _area.X + x;
        var row = _area.Y + y;
        if (_clip.IsEmpty || row < _clip.Y || row >= _clip.Bottom || column + width <= _clip.X || column >= _clip.Right)
        {
            return;
        }

        if (column < _clip.X || column + width > _clip.Right)
        {
            glyph = 0;
            column = Math.Max(column, _clip.X);
            width = 1;
        }

        Detach(column, row);
        Detach(column + width, row);
        var cells = _buffer.Row(row);
        var cell = Narrow(glyph, style, decoration);
        if (width == 2)
        {
            cells[column] = cell with { Attributes = cell.Attributes | CellAttributes.WideLead };
            cells[column + 1] = cell with { Glyph = 0, Attributes = cell.Attributes | CellAttributes.WideTail };
        }
        else
        {
            cells[column] = cell;
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

    /// <summary>
    /// Changes the style of cells that are already drawn, keeping their glyphs; pass a static lambda, so that nothing is
    /// allocated. A wide character of which one half lies outside keeps its style.
    /// </summary>
    public void Restyle(Rect part, Func<Style, Style> change)
    {
        var target = _clip.Intersect(ToScreen(part));
        for (var y = target.Y; y < target.Bottom && target.Width > 0; y++)
        {
            var cells = _buffer.Row(y).Slice(target.X, target.Width);
            cells = (cells[^1].Attributes & CellAttributes.WideLead) != 0 ? cells[..^1] : cells;
            cells = !cells.IsEmpty && (cells[0].Attributes & CellAttributes.WideTail) != 0 ? cells[1..] : cells;
            foreach (ref var cell in cells)
            {
                var width = cell.Attributes & CellAttributes.WidthMask;
                var style = change(new Style(cell.Foreground, cell.Background, cell.Attributes & ~CellAttributes.WidthMask));
                var restyled = Narrow(cell.Glyph, style, cell.Decoration);
                cell = restyled with { Attributes = restyled.Attributes | width };
            }
        }
    }

    private static Cell Narrow(int glyph, Style style, ushort decoration) =>
        new(glyph, style.Foreground, style.Background, style.Attributes & ~CellAttributes.WidthMask, decoration);

    private static Cell Blank(Cell cell) => cell with { Glyph = 0, Attributes = cell.Attributes & ~CellAttributes.WidthMask, Decoration = 0 };

    private Rect ToScreen(Rect part) => part with { X = _area.X + part.X, Y = _area.Y + part.Y };

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
