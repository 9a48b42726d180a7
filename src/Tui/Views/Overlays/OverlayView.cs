using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Tui.Views.Overlays;

/// <summary>Draws the open dialog over the deck.</summary>
internal static class OverlayView
{
    /// <summary>
    /// Draws on the whole screen's <paramref name="surface"/> and returns where the cursor belongs, or null for none. The dialog is
    /// laid out in the surface, which wins over the size that the model remembers.
    /// </summary>
    public static Position? Draw(AppModel model, Surface surface)
    {
        var drawn = model with { Screen = new CellSize(surface.Width, surface.Height) };
        return drawn.Overlay switch
        {
            NudgeOverlay nudge => NudgeOverlayView.Draw(drawn, nudge, surface),
            HelpOverlay help => HelpOverlayView.Draw(drawn, help, surface),
            PaletteOverlay palette => PaletteOverlayView.Draw(drawn, palette, surface),
            EventsOverlay events => EventsOverlayView.Draw(drawn, events, surface),
            ConfirmOverlay confirm => ConfirmOverlayView.Draw(drawn, confirm, surface),
            ResultsOverlay results => ResultsOverlayView.Draw(drawn, results, surface),
            DetailsOverlay details => DetailsOverlayView.Draw(drawn, details, surface),
            LogOverlay log => LogOverlayView.Draw(drawn, log, surface),
            ThemeOverlay picker => ThemeOverlayView.Draw(drawn, picker, surface),
            _ => null,
        };
    }
}
