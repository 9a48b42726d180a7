using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Drawing;

/// <summary>How wide text is in cells, and where to cut it. Control characters count as the one cell of their replacement.</summary>
internal static class TextMeasure
{
    /// <summary>What stands for the part that was cut off; one cell wide.</summary>
    public const string Ellipsis = "…";

    /// <summary>The cells that <see cref="Surface.Write"/> takes for a text.</summary>
    public static int Width(ReadOnlySpan<char> text)
    {
        // Most text is plain, and thousands of names are measured for a list.
        var plain = 0;
        while (plain < text.Length && text[plain] is >= ' ' and <= '~')
        {
            plain++;
        }

        if (plain == text.Length)
        {
            return plain;
        }

        var width = 0;
        while (!text.IsEmpty)
        {
            var length = Grapheme.NextLength(text);
            width += ClusterWidth(text[..length]);
            text = text[length..];
        }

        return width;
    }

    /// <summary>The cells that <see cref="Surface.Write"/> takes for one cluster.</summary>
    public static int ClusterWidth(ReadOnlySpan<char> cluster) =>
        !cluster.IsEmpty && !char.IsSurrogate(cluster[0]) && Grapheme.IsHostile(cluster[0]) ? 1 : CellWidth.Of(cluster);

    /// <summary>The longest start of a text that fits into so many cells, in UTF-16 units; never cuts a cluster.</summary>
    public static int Fit(ReadOnlySpan<char> text, int cells)
    {
        var taken = 0;
        while (taken < text.Length)
        {
            var length = Grapheme.NextLength(text[taken..]);
            cells -= ClusterWidth(text.Slice(taken, length));
            if (cells < 0)
            {
                break;
            }

            taken += length;
        }

        return taken;
    }

    /// <summary>The text when it fits into so many cells, else its start with <see cref="Ellipsis"/>; empty without a cell.</summary>
    public static string Cut(string text, int cells)
    {
        if (cells <= 0)
        {
            return "";
        }

        return Fit(text, cells) == text.Length ? text : string.Concat(text.AsSpan(0, Fit(text, cells - 1)), Ellipsis);
    }

    /// <summary>The text in exactly <paramref name="width"/> cells: filled with blanks, or cut with <c>…</c> at its end.</summary>
    public static string Pad(string text, int width)
    {
        var cut = Cut(text, width);
        return cut + new string(' ', Math.Max(0, width - Width(cut)));
    }
}
