using System.Runtime.InteropServices;

namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>
/// A rectangle of cells, row by row in one array. Both halves of a wide character stand side by side in the same style;
/// whoever writes cells without a surface keeps it so. Owned by one thread at a time.
/// </summary>
internal sealed class ScreenBuffer
{
    private readonly Cell[] _cells;

    /// <summary>Creates a blank buffer.</summary>
    public ScreenBuffer(CellSize size, CellTables tables)
    {
        Size = size;
        Tables = tables;
        _cells = new Cell[size.Width * size.Height];
    }

    /// <summary>Its size; it never changes.</summary>
    public CellSize Size { get; }

    /// <summary>What its cells point into.</summary>
    public CellTables Tables { get; }

    /// <summary>The whole area.</summary>
    public Rect Bounds => new(0, 0, Size.Width, Size.Height);

    /// <summary>All cells, row by row.</summary>
    public Span<Cell> Cells => _cells;

    /// <summary>One row of cells.</summary>
    public Span<Cell> Row(int y) => _cells.AsSpan(y * Size.Width, Size.Width);

    /// <summary>Makes every cell blank.</summary>
    public void Clear() => Array.Clear(_cells);

    /// <summary>Takes over the cells of a buffer of the same size and tables.</summary>
    public void CopyFrom(ScreenBuffer other) => other._cells.CopyTo(_cells, 0);

    /// <summary>Whether a row has the same cells as the same row of a buffer of the same width and tables.</summary>
    public bool RowEquals(int y, ScreenBuffer other) =>
        MemoryMarshal.AsBytes(Row(y)).SequenceEqual(MemoryMarshal.AsBytes(other.Row(y)));
}
