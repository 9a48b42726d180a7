using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>A vertical bar, one column wide, that shows which part of the whole is visible. Draws nothing when all is visible.</summary>
internal static class Scrollbar
{
    /// <summary>Draws the bar into the first column of a surface, over its whole height.</summary>
    /// <param name="surface">Where.</param>
    /// <param name="first">The first visible row.</param>
    /// <param name="visible">How many rows are visible.</param>
    /// <param name="total">How many rows there are.</param>
    /// <param name="track">The style of the line.</param>
    /// <param name="thumb">The style of the visible part.</param>
    public static void Draw(Surface surface, int first, int visible, int total, Style track, Style thumb)
    {
        var height = surface.Height;
        if (total <= visible || height <= 0 || surface.Width <= 0)
        {
            return;
        }

        var length = Math.Clamp((int)((long)height * visible / total), 1, height);
        var top = (int)((long)(height - length) * Math.Clamp(first, 0, total - visible) / (total - visible));
        for (var y = 0; y < height; y++)
        {
            var isThumb = y >= top && y < top + length;
            surface.Put(0, y, isThumb ? '┃' : '│', 1, isThumb ? thumb : track, 0);
        }
    }
}
