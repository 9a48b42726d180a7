namespace AgentDeck.Tui.Terminal.Drawing;

/// <summary>What one part of a split asks for: so many cells, or a share of what the others leave.</summary>
internal readonly record struct Extent
{
    private Extent(int weight, int cells)
    {
        Weight = weight;
        Cells = cells;
    }

    /// <summary>The share; 0 for a fixed part.</summary>
    public int Weight { get; }

    /// <summary>The cells of a fixed part, or the least cells of one that shares.</summary>
    public int Cells { get; }

    /// <summary>Exactly so many cells while there is room.</summary>
    public static Extent Fixed(int cells) => new(0, cells);

    /// <summary>A share of what fixed parts leave, and no less than <paramref name="minimum"/> while there is room.</summary>
    public static Extent Share(int weight = 1, int minimum = 0) => new(Math.Max(1, weight), minimum);
}
