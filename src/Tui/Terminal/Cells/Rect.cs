namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>A rectangle of cells; width and height are never negative.</summary>
internal readonly record struct Rect(int X, int Y, int Width, int Height)
{
    /// <summary>The first column to the right of it.</summary>
    public int Right => X + Width;

    /// <summary>The first row below it.</summary>
    public int Bottom => Y + Height;

    /// <summary>Whether it has no cell.</summary>
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>Whether a place is inside it.</summary>
    public bool Contains(Position at) => at.X >= X && at.X < Right && at.Y >= Y && at.Y < Bottom;

    /// <summary>What both have in common; empty when nothing.</summary>
    public Rect Intersect(Rect other)
    {
        var x = Math.Max(X, other.X);
        var y = Math.Max(Y, other.Y);
        return new Rect(x, y, Math.Max(0, Math.Min(Right, other.Right) - x), Math.Max(0, Math.Min(Bottom, other.Bottom) - y));
    }

    /// <summary>The rectangle without a border of <paramref name="by"/> cells on each side.</summary>
    public Rect Inset(int by) => new(X + by, Y + by, Math.Max(0, Width - 2 * by), Math.Max(0, Height - 2 * by));
}
