using System.Globalization;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>Texts measured and cut in cells.</summary>
internal static class TextCells
{
    /// <summary>How many cells a text takes.</summary>
    public static int Width(string text)
    {
        var cells = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(at));
            cells += CellWidth.Of(text.AsSpan(at, length));
            at += length;
        }

        return cells;
    }

    /// <summary>The text in exactly <paramref name="width"/> cells: filled with blanks, or cut with <c>…</c> at its end.</summary>
    public static string Pad(string text, int width)
    {
        var cut = Cut(text, width);
        return cut + new string(' ', Math.Max(0, width - Width(cut)));
    }

    /// <summary>The text in at most <paramref name="width"/> cells, with <c>…</c> where it was cut.</summary>
    public static string Cut(string text, int width)
    {
        if (Width(text) <= width)
        {
            return text;
        }

        var used = 0;
        var at = 0;
        while (at < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(at));
            used += CellWidth.Of(text.AsSpan(at, length));
            if (used > width - 1)
            {
                break;
            }

            at += length;
        }

        return width <= 0 ? "" : text[..at] + "…";
    }
}
