using System.Collections.Immutable;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Widgets;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views.Overlays;

/// <summary>Rows of styled text, the selected one filled, with a scrollbar on the dialog's border where they do not all fit.</summary>
internal static class LinesView
{
    /// <summary>Draws the rows from <paramref name="offset"/> on; an offset past the end is repaired.</summary>
    /// <param name="surface">The whole screen.</param>
    /// <param name="theme">The theme.</param>
    /// <param name="place">The dialog, whose right border holds the scrollbar.</param>
    /// <param name="area">Where in the dialog the rows stand.</param>
    /// <param name="lines">All rows.</param>
    /// <param name="offset">The first row shown.</param>
    public static void Draw(Surface surface, Theme theme, DialogGeometry place, Rect area, ImmutableArray<TextLine> lines, int offset)
    {
        var first = Scrolling.Clamp(offset, lines.Length, area.Height);
        var rows = surface.Slice(area);
        for (var y = 0; y < area.Height && first + y < lines.Length; y++)
        {
            Line(rows, theme, y, lines[first + y]);
        }

        if (place.HasBorder)
        {
            var border = surface.Slice(area with { X = place.Outer.Right - 1, Width = 1 });
            Scrollbar.Draw(border, first, area.Height, lines.Length, theme[ThemeRole.DialogBorder], theme[ThemeRole.ScrollbarThumb].On(theme[ThemeRole.Dialog]));
        }
    }

    /// <summary>Draws one row of styled text; a run that does not fit ends in <c>…</c>.</summary>
    public static void Line(Surface rows, Theme theme, int y, TextLine line)
    {
        var under = theme[line.IsSelected ? ThemeRole.Selected : ThemeRole.Dialog];
        if (line.IsSelected)
        {
            rows.Fill(new Rect(0, y, rows.Width, 1), under);
        }

        var x = 0;
        foreach (var run in line.Runs)
        {
            var text = TextMeasure.Cut(run.Text, rows.Width - x);
            x = rows.Write(x, y, text, line.IsSelected && run.Role == ThemeRole.Dialog ? under : theme[run.Role].On(under));
            if (text.Length < run.Text.Length)
            {
                return;
            }
        }
    }
}
