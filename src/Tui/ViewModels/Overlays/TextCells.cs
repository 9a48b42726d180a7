using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>Texts made to fit a number of cells.</summary>
internal static class TextCells
{
    /// <summary>The cells that a text takes.</summary>
    public static int Width(string text) => TextMeasure.Width(text);

    /// <summary>The text in at most <paramref name="width"/> cells, with <c>…</c> where it was cut.</summary>
    public static string Cut(string text, int width) => TextMeasure.Cut(text, width);

    /// <summary>The text in exactly <paramref name="width"/> cells: filled with blanks, or cut with <c>…</c> at its end.</summary>
    public static string Pad(string text, int width)
    {
        var cut = TextMeasure.Cut(text, width);
        return cut + new string(' ', Math.Max(0, width - TextMeasure.Width(cut)));
    }

    /// <summary>The longest end of the text that fits into <paramref name="width"/> cells.</summary>
    public static string End(string text, int width)
    {
        var at = 0;
        while (at < text.Length && TextMeasure.Width(text.AsSpan(at)) > width)
        {
            at += Grapheme.NextLength(text.AsSpan(at));
        }

        return text[at..];
    }
}
