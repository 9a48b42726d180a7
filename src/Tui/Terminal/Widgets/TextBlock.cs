using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>A text of several lines, wrapped to the width of its surface; draws nothing where there is no room.</summary>
internal static class TextBlock
{
    /// <summary>How many rows a text takes at a width.</summary>
    public static int Height(ReadOnlySpan<char> text, int width)
    {
        var rows = 0;
        foreach (var _ in new WrappedLines(text, width))
        {
            rows++;
        }

        return rows;
    }

    /// <summary>Draws the rows from <paramref name="first"/> on; returns how many rows were drawn.</summary>
    public static int Draw(Surface surface, ReadOnlySpan<char> text, Style style, int first = 0)
    {
        if (surface.Width <= 0)
        {
            return 0;
        }

        var row = 0;
        foreach (var line in new WrappedLines(text, surface.Width))
        {
            if (row - first >= surface.Height)
            {
                break;
            }

            if (row >= first)
            {
                surface.Write(0, row - first, line, style);
            }

            row++;
        }

        return Math.Max(0, row - first);
    }
}
