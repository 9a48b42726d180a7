using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views.Overlays;

/// <summary>The border of a dialog: title above, keys below, blank inside.</summary>
internal static class DialogView
{
    private const int CornerAndGap = 2;

    /// <summary>Draws an empty dialog over whatever is there. Hints that do not fit are left out from the last on.</summary>
    public static void Draw(Surface surface, Theme theme, DialogGeometry place, string title, IReadOnlyList<DialogHint> hints)
    {
        var border = theme[ThemeRole.DialogBorder];
        surface.Fill(place.Outer, theme[ThemeRole.Dialog]);
        if (!place.HasBorder)
        {
            return;
        }

        var box = surface.Slice(place.Outer);
        var (right, bottom) = (box.Width - 1, box.Height - 1);
        var line = new string('─', Math.Max(0, box.Width - 2));
        box.Write(0, 0, $"╭{line}╮", border);
        box.Write(0, bottom, $"╰{line}╯", border);
        for (var y = 1; y < bottom; y++)
        {
            box.Write(0, y, "│", border);
            box.Write(right, y, "│", border);
        }

        var room = box.Width - 2 * CornerAndGap;
        if (room > 2 && title.Length > 0)
        {
            box.Write(CornerAndGap, 0, $" {TextMeasure.Cut(title, room - 2)} ", theme[ThemeRole.Title].On(border));
        }

        Hints(box, theme, hints, bottom);
    }

    private static void Hints(Surface box, Theme theme, IReadOnlyList<DialogHint> hints, int y)
    {
        var x = CornerAndGap;
        foreach (var hint in hints)
        {
            var end = x + TextMeasure.Width(hint.Key) + TextMeasure.Width(hint.Text) + 3;
            if (end > box.Width - CornerAndGap)
            {
                return;
            }

            x = box.Write(x, y, $" {hint.Key}", theme[ThemeRole.FooterKey].On(theme[ThemeRole.Dialog]));
            x = box.Write(x, y, $" {hint.Text} ", theme[ThemeRole.TextDim].On(theme[ThemeRole.Dialog]));
        }
    }
}
