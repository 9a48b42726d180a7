using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Tui.Views;

/// <summary>Draws borders that share their lines in a column of panes.</summary>
internal static class FrameView
{
    /// <summary>Draws the border around a surface: a rounded corner where the column begins and ends, a joint where it goes on. The lowest line belongs to the frame below unless this is the last.</summary>
    public static void Draw(Surface surface, Style style, bool isFirst, bool isLast)
    {
        var (right, bottom) = (surface.Width - 1, surface.Height - 1);
        for (var x = 1; x < right; x++)
        {
            surface.Put(x, 0, '─', 1, style, 0);
        }

        surface.Put(0, 0, isFirst ? '╭' : '├', 1, style, 0);
        surface.Put(right, 0, isFirst ? '╮' : '┤', 1, style, 0);
        for (var y = 1; y < bottom; y++)
        {
            surface.Put(0, y, '│', 1, style, 0);
            surface.Put(right, y, '│', 1, style, 0);
        }

        if (!isLast || bottom <= 0)
        {
            return;
        }

        for (var x = 1; x < right; x++)
        {
            surface.Put(x, bottom, '─', 1, style, 0);
        }

        surface.Put(0, bottom, '╰', 1, style, 0);
        surface.Put(right, bottom, '╯', 1, style, 0);
    }
}
