using System.Buffers;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Rendering;

/// <summary>The work of <see cref="ScreenDiff"/> for one frame.</summary>
internal ref struct FrameEncoder(
    ScreenBuffer? previous,
    ScreenBuffer next,
    ScreenState? previousState,
    ScreenState nextState,
    ColorDepth depth,
    IBufferWriter<byte> output)
{
    private const int LongestTitle = 256;

    // A cursor move costs four bytes or more.
    private const int LongestGap = 4;
    private const int ShortestErasure = 4;

    // Above it terminals of different ages disagree about the width of a character.
    private const int FirstEmoji = 0x1F000;

    private const CellAttributes SeenOnBlank = CellAttributes.Reverse | CellAttributes.UnderlineMask | CellAttributes.Strike | CellAttributes.Overline;

    private VtWriter _writer = new(output);
    private SgrPen _pen;
    private Position? _cursor;
    private bool _isOpen;

    /// <summary>Writes everything that differs.</summary>
    public void Run()
    {
        if (previous is null)
        {
            Open();
            _writer.Bytes("\e[m\e(B\e[2J"u8);
        }

        for (var y = 0; y < next.Size.Height; y++)
        {
            if (previous is null || !next.RowEquals(y, previous))
            {
                Row(y);
            }
        }

        _pen.Use(ref _writer, default, default);
        Title();
        Mouse();
        Cursor();
        if (_isOpen)
        {
            _writer.Bytes("\e[?2026l"u8);
        }

        _writer.Flush();
    }

    /// <summary>A cell without what nobody sees: the text colour of a blank.</summary>
    public static Cell Visible(Cell cell) =>
        cell is { Glyph: 0, Decoration: 0 } && (cell.Attributes & (SeenOnBlank | CellAttributes.WidthMask)) == 0
            ? new Cell(0, default, cell.Background, CellAttributes.None, 0)
            : cell;

    private void Row(int y)
    {
        var before = previous is null ? default : previous.Row(y);
        var after = next.Row(y);
        var blankFrom = BlankFrom(after);
        var repaintUntil = 0;
        for (var x = 0; x < after.Length; x++)
        {
            if (x >= repaintUntil && Visible(after[x]) == (before.IsEmpty ? default : Visible(before[x])))
            {
                continue;
            }

            if (x >= blankFrom && after.Length - x >= ShortestErasure)
            {
                Move(x, y);
                _pen.Use(ref _writer, default, default);
                _writer.Bytes("\e[K"u8);
                return;
            }

            x -= x > 0 && (after[x].Attributes & CellAttributes.WideTail) != 0 ? 1 : 0;
            Move(x, y);
            var width = (after[x].Attributes & CellAttributes.WideLead) != 0 ? 2 : 1;
            repaintUntil = Math.Max(repaintUntil, x + width + Cell(after[x], x, y, width));
            x += width - 1;
        }
    }

    // The column from which on an erasure with a plain pen leaves what the row shows.
    private static int BlankFrom(ReadOnlySpan<Cell> cells)
    {
        var from = cells.Length;
        while (from > 0 && Visible(cells[from - 1]) == default)
        {
            from--;
        }

        return from;
    }

    // Writes one character at the cursor; returns how many cells behind it some terminals damage.
    private int Cell(Cell cell, int x, int y, int width)
    {
        _pen.Use(ref _writer, StyleOf(cell), DecorationOf(cell));
        var overhang = cell.Glyph < 0 ? next.Tables.Glyphs.Overhang(cell.Glyph) : cell.Glyph >= FirstEmoji ? 0 : -1;
        if (overhang >= 0 && width == 2)
        {
            // A terminal that takes it for narrow must not leave what was in the other half.
            _writer.Bytes("  "u8);
            Move(x, y, isAbsolute: true);
        }

        Glyph(cell.Glyph);
        _cursor = overhang < 0 && x + width < next.Size.Width ? new Position(x + width, y) : null;
        return Math.Max(0, overhang);
    }

    private readonly Style StyleOf(Cell cell)
    {
        var visible = Visible(cell);
        var style = ColorReduction.Reduce(new Style(visible.Foreground, visible.Background, visible.Attributes & ~CellAttributes.WidthMask), depth);

        // The text colour of a blank does not matter: keep the one that the pen has.
        return cell.Glyph == 0 && visible.Attributes == CellAttributes.None && cell.Decoration == 0
            ? style with { Foreground = _pen.Style.Foreground }
            : style;
    }

    private readonly Decoration DecorationOf(Cell cell)
    {
        if (cell.Decoration == 0)
        {
            return default;
        }

        var decoration = next.Tables.Decorations[cell.Decoration];
        return decoration with { UnderlineColor = ColorReduction.Reduce(decoration.UnderlineColor, depth) };
    }

    private void Glyph(int glyph)
    {
        if (glyph < 0)
        {
            _writer.Text(next.Tables.Glyphs.Cluster(glyph));
        }
        else if (glyph == 0)
        {
            _writer.Byte(' ');
        }
        else
        {
            // Surfaces let nothing hostile through; this is the last door before the terminal.
            _writer.Rune(Grapheme.IsHostile(glyph) ? GlyphTable.Replacement : glyph);
        }
    }

    private void Move(int x, int y, bool isAbsolute = false)
    {
        Open();
        if (!isAbsolute && _cursor is { } cursor && cursor.Y == y && cursor.X <= x)
        {
            Forward(cursor.X, x, y);
        }
        else
        {
            Place(x, y);
        }

        _cursor = new Position(x, y);
    }

    private void Forward(int from, int to, int y)
    {
        var gap = next.Row(y)[from..to];
        if (gap.Length <= LongestGap && IsInTheInkOfThePen(gap))
        {
            foreach (var cell in gap)
            {
                Glyph(cell.Glyph);
            }

            return;
        }

        _writer.Bytes("\e["u8);
        if (gap.Length > 1)
        {
            _writer.Number(gap.Length);
        }

        _writer.Byte('C');
    }

    private readonly bool IsInTheInkOfThePen(ReadOnlySpan<Cell> gap)
    {
        foreach (var cell in gap)
        {
            if (cell.Glyph is < 0 or > '~' || cell.Decoration != 0 || (cell.Attributes & CellAttributes.WidthMask) != 0 || StyleOf(cell) != _pen.Style || !_pen.IsUndecorated)
            {
                return false;
            }
        }

        return true;
    }

    // Wrap is off during the frame: a terminal that takes a character for wider than we do must not start a new line.
    private void Open()
    {
        if (_isOpen)
        {
            return;
        }

        _isOpen = true;
        _writer.Bytes("\e[?2026h\e[?7l"u8);
        if (!WasHidden())
        {
            _writer.Bytes("\e[?25l"u8);
        }
    }

    private void Title()
    {
        var title = nextState.Title ?? "";
        if (title == (previousState?.Title ?? ""))
        {
            return;
        }

        _writer.Bytes("\e]2;"u8);
        var left = LongestTitle;
        foreach (var rune in title.EnumerateRunes())
        {
            if (left-- > 0 && !Grapheme.IsHostile(rune.Value))
            {
                _writer.Rune(rune.Value);
            }
        }

        _writer.Bytes("\e\\"u8);
    }

    private void Mouse()
    {
        if (previousState is { } before && before.Mouse == nextState.Mouse)
        {
            return;
        }

        _writer.Bytes(nextState.Mouse ? "\e[?1002h\e[?1006h"u8 : "\e[?1006l\e[?1002l"u8);
    }

    private void Cursor()
    {
        if (_isOpen)
        {
            _writer.Bytes("\e[?7h"u8);
        }

        var shown = Shown(nextState);
        if (shown is { } at && (_isOpen || previousState is not { } before || Shown(before) != shown))
        {
            Place(at.X, at.Y);
            _writer.Bytes("\e[?25h"u8);
        }
        else if (shown is null && !_isOpen && !WasHidden())
        {
            _writer.Bytes("\e[?25l"u8);
        }
    }

    private void Place(int x, int y)
    {
        _writer.Bytes("\e["u8);
        if (y > 0 || x > 0)
        {
            _writer.Number(y + 1);
        }

        if (x > 0)
        {
            _writer.Byte(';');
            _writer.Number(x + 1);
        }

        _writer.Byte('H');
    }

    private readonly bool WasHidden() => previous is not null && previousState is { } before && Shown(before) is null;

    private readonly Position? Shown(ScreenState state) =>
        state.Cursor is { } at && next.Bounds.Contains(at) ? at : null;
}
