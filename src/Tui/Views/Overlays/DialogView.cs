using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Widgets;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views.Overlays;

/// <summary>The border of a dialog: title above, keys below, blank inside.</summary>
internal static class DialogView
{
    private const int Corner = 1;

    /// <summary>Draws an empty dialog over whatever is there. Hints that do not fit are left out from the last on.</summary>
    public static void Draw(Surface surface, Theme theme, DialogGeometry place, string title, IReadOnlyList<DialogHint> hints)
    {
        surface.Fill(place.Outer, theme[ThemeRole.Dialog]);
        if (!place.HasBorder)
        {
            return;
        }

        var box = surface.Slice(place.Outer);
        var border = theme[ThemeRole.DialogBorder];
        Frame.Draw(box, border, title, theme[ThemeRole.Title].On(border));
        Hints(box, theme, hints, box.Height - 1);
    }

    private static void Hints(Surface box, Theme theme, IReadOnlyList<DialogHint> hints, int y)
    {
        var x = Corner;
        foreach (var hint in hints)
        {
            var end = x + TextMeasure.Width(hint.Key) + TextMeasure.Width(hint.Text) + 3;
            if (end > box.Width - Corner)
            {
                return;
            }

            x = box.Write(x, y, $" {hint.Key}", theme[ThemeRole.FooterKey].On(theme[ThemeRole.Dialog]));
            x = box.Write(x, y, $" {hint.Text} ", theme[ThemeRole.TextDim].On(theme[ThemeRole.Dialog]));
        }
    }
}
