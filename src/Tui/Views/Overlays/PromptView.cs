using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Widgets;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views.Overlays;

/// <summary>One row in which is typed, behind a sign that says what for.</summary>
internal static class PromptView
{
    /// <summary>Draws the first row of <paramref name="body"/> and returns where is typed; <paramref name="hint"/> stands there while it is empty, and what does not fit scrolls with the cursor.</summary>
    public static Position? Draw(Surface surface, Theme theme, Rect body, string sign, TextInputState input, string hint)
    {
        var row = surface.Slice(body with { Height = Math.Min(1, body.Height) });
        var left = row.Write(0, 0, sign, theme[ThemeRole.FooterKey].On(theme[ThemeRole.Dialog]));
        var field = row.Slice(new Rect(left, 0, Math.Max(0, row.Width - left), row.Height));
        if (field.Bounds.IsEmpty)
        {
            return null;
        }

        field.Fill(field.Bounds, theme[ThemeRole.Input]);
        if (input.Text.Length == 0)
        {
            field.Write(0, 0, TextMeasure.Cut(hint, field.Width), theme[ThemeRole.InputHint].On(theme[ThemeRole.Input]));
            return field.ToScreen(0, 0);
        }

        return TextInput.Draw(field, input, theme[ThemeRole.Input]);
    }

    /// <summary>Draws the filter of a dialog in its first row while there is one; returns where is typed, or null.</summary>
    public static Position? Filter(Surface surface, Theme theme, DialogGeometry place, DialogFilter filter)
    {
        if (!filter.IsShown)
        {
            return null;
        }

        var caret = Draw(surface, theme, place.Body, "/ ", filter.Input, "words to look for");
        return filter.IsTyping ? caret : null;
    }
}
