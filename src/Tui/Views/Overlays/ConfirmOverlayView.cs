using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views.Overlays;

/// <summary>Draws the question before something is done.</summary>
internal static class ConfirmOverlayView
{
    /// <summary>Draws the dialog; it has no cursor.</summary>
    public static Position? Draw(AppModel model, ConfirmOverlay confirm, Surface surface)
    {
        var view = ConfirmViewModel.Build(model, confirm);
        DialogView.Draw(surface, model.Theme, view.Place, view.Title, view.Able.IsEmpty ? DialogHints.Refused : DialogHints.Confirm);
        LinesView.Draw(surface, model.Theme, view.Place, view.Text, view.Lines, 0);
        var isYes = confirm.IsYesFocused && view.Able.Length > 0;
        Button(surface, model.Theme, view.YesButton, view.Yes, isYes);
        Button(surface, model.Theme, view.NoButton, view.No, !isYes);
        return null;
    }

    private static void Button(Surface surface, Theme theme, Rect place, string text, bool isFocused) =>
        surface.Slice(place).Write(0, 0, text, theme[isFocused ? ThemeRole.Selected : ThemeRole.Dialog]);
}
