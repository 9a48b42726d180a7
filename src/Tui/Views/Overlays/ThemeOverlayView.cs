using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views.Overlays;

/// <summary>Draws the theme picker.</summary>
internal static class ThemeOverlayView
{
    /// <summary>Draws the dialog; it has no cursor.</summary>
    public static Position? Draw(AppModel model, ThemeOverlay picker, Surface surface)
    {
        var place = ThemeViewModel.Place(model);
        var lines = ThemeViewModel.Lines(model, picker);
        DialogView.Draw(surface, model.Theme, place, "Theme", DialogHints.Theme);
        LinesView.Draw(surface, model.Theme, place, place.Body, lines, Scrolling.Around(picker.Selected, lines.Length, place.Body.Height));
        return null;
    }
}
