using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Drawing;

/// <summary>
/// Splits areas. The parts always tile the area exactly: when there is too much room and nobody shares it, the last part
/// takes it; when there is too little, parts that share shrink first and the last of a kind before the others.
/// </summary>
internal static class Layout
{
    /// <summary>Splits into rows, from top to bottom; <paramref name="parts"/> is as long as <paramref name="extents"/>.</summary>
    public static void Rows(Rect area, ReadOnlySpan<Extent> extents, Span<Rect> parts)
    {
        Span<int> sizes = stackalloc int[extents.Length];
        Sizes(area.Height, extents, sizes);
        var y = area.Y;
        for (var index = 0; index < sizes.Length; index++)
        {
            parts[index] = area with { Y = y, Height = sizes[index] };
            y += sizes[index];
        }
    }

    /// <summary>Splits into columns, from left to right; <paramref name="parts"/> is as long as <paramref name="extents"/>.</summary>
    public static void Columns(Rect area, ReadOnlySpan<Extent> extents, Span<Rect> parts)
    {
        Span<int> sizes = stackalloc int[extents.Length];
        Sizes(area.Width, extents, sizes);
        var x = area.X;
        for (var index = 0; index < sizes.Length; index++)
        {
            parts[index] = area with { X = x, Width = sizes[index] };
            x += sizes[index];
        }
    }

    /// <summary>Shares a length of cells among parts; <paramref name="sizes"/> add up to it.</summary>
    public static void Sizes(int length, ReadOnlySpan<Extent> extents, Span<int> sizes)
    {
        if (extents.IsEmpty)
        {
            return;
        }

        var free = length;
        for (var index = 0; index < extents.Length; index++)
        {
            sizes[index] = extents[index].Cells;
            free -= sizes[index];
        }

        if (free < 0)
        {
            free = Shrink(extents, sizes, free, areShared: true);
            Shrink(extents, sizes, free, areShared: false);
        }
        else
        {
            Grow(extents, sizes, free);
        }
    }

    private static int Shrink(ReadOnlySpan<Extent> extents, Span<int> sizes, int free, bool areShared)
    {
        for (var index = sizes.Length - 1; index >= 0 && free < 0; index--)
        {
            if (extents[index].Weight > 0 == areShared)
            {
                var taken = Math.Min(sizes[index], -free);
                sizes[index] -= taken;
                free += taken;
            }
        }

        return free;
    }

    private static void Grow(ReadOnlySpan<Extent> extents, Span<int> sizes, int free)
    {
        var total = 0;
        foreach (var extent in extents)
        {
            total += extent.Weight;
        }

        if (total == 0)
        {
            sizes[^1] += free;
            return;
        }

        // Rounding the running sum, not each share, gives every cell to exactly one part.
        var weight = 0;
        var given = 0;
        for (var index = 0; index < sizes.Length; index++)
        {
            weight += extents[index].Weight;
            var upToHere = (int)((long)free * weight / total);
            sizes[index] += upToHere - given;
            given = upToHere;
        }
    }
}
