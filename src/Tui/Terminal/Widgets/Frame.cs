using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>
/// A border with rounded corners, a title on its left and details on its right: <c>╭ Agents ──── attention ▾ ─ 24 ╮</c>.
/// Details that do not fit beside the title are left out, the last one first; then the title is cut. With one row or
/// column only a line is drawn.
/// </summary>
internal static class Frame
{
    // The corner and a blank on either side, and one piece of line between title and details.
    private const int Margin = 2;

    /// <summary>What a frame leaves inside a surface of this size, in its coordinates; may be empty.</summary>
    public static Rect Inside(Rect bounds) => bounds.Width < 2 || bounds.Height < 2 ? new Rect(bounds.X, bounds.Y, 0, 0) : bounds.Inset(1);

    /// <summary>Draws a frame around the whole surface and returns the surface inside, untouched; it may be empty.</summary>
    public static Surface Draw(
        Surface surface,
        Style border,
        string title,
        Style titleStyle,
        ReadOnlySpan<FrameDetail> details = default,
        string separator = " ─ ")
    {
        var (width, height) = (surface.Width, surface.Height);
        if (width < 2 || height < 2)
        {
            Line(surface, 0, 0, width, height > width ? '│' : '─', border);
            for (var y = 1; y < height; y++)
            {
                Line(surface, 0, y, width, '│', border);
            }

            return surface.Slice(Inside(surface.Bounds));
        }

        Line(surface, 1, 0, width - 2, '─', border);
        Line(surface, 1, height - 1, width - 2, '─', border);
        for (var y = 1; y < height - 1; y++)
        {
            Put(surface, 0, y, '│', border);
            Put(surface, width - 1, y, '│', border);
        }

        Put(surface, 0, 0, '╭', border);
        Put(surface, width - 1, 0, '╮', border);
        Put(surface, 0, height - 1, '╰', border);
        Put(surface, width - 1, height - 1, '╯', border);
        DrawTop(surface, border, title, titleStyle, details, separator);
        return surface.Slice(Inside(surface.Bounds));
    }

    private static void DrawTop(Surface surface, Style border, string title, Style titleStyle, ReadOnlySpan<FrameDetail> details, string separator)
    {
        var room = surface.Width - 2 * Margin;
        var titleWidth = title.Length == 0 ? 0 : TextMeasure.Width(title);
        var detailsWidth = Fit(ref details, room - (titleWidth == 0 ? 0 : titleWidth + 3), separator);
        if (titleWidth > 0 && room > 0)
        {
            Put(surface, 1, 0, ' ', border);
            var end = surface.WriteCut(Margin, 0, title, room - (detailsWidth == 0 ? 0 : detailsWidth + 3), titleStyle);
            Put(surface, end, 0, ' ', border);
        }

        if (detailsWidth == 0)
        {
            return;
        }

        var x = surface.Width - Margin - detailsWidth;
        Put(surface, x - 1, 0, ' ', border);
        for (var index = 0; index < details.Length; index++)
        {
            x = index == 0 ? x : surface.Write(x, 0, separator, border);
            x = surface.Write(x, 0, details[index].Text, details[index].Style);
        }

        Put(surface, x, 0, ' ', border);
    }

    // Drops details from the end until the rest fits; returns its width, 0 when nothing is left.
    private static int Fit(ref ReadOnlySpan<FrameDetail> details, int room, string separator)
    {
        var width = -TextMeasure.Width(separator);
        var count = 0;
        var fitting = 0;
        foreach (var detail in details)
        {
            width += TextMeasure.Width(separator) + TextMeasure.Width(detail.Text);
            if (width > room)
            {
                break;
            }

            fitting = width;
            count++;
        }

        details = details[..count];
        return fitting;
    }

    private static void Put(Surface surface, int x, int y, char glyph, Style style) => surface.Put(x, y, glyph == ' ' ? 0 : glyph, 1, style, 0);

    private static void Line(Surface surface, int x, int y, int length, char glyph, Style style)
    {
        for (var column = x; column < x + length && y < surface.Height; column++)
        {
            Put(surface, column, y, glyph, style);
        }
    }
}
