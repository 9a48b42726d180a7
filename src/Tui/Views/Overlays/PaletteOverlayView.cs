using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views.Overlays;

/// <summary>Draws the command palette.</summary>
internal static class PaletteOverlayView
{
    /// <summary>Draws the dialog and returns where is typed.</summary>
    public static Position? Draw(AppModel model, PaletteOverlay palette, Surface surface)
    {
        var place = PaletteViewModel.Place(model);
        var entries = PaletteViewModel.Entries(model, palette);
        var selected = Math.Clamp(palette.Selected, 0, Math.Max(0, entries.Length - 1));
        var rows = PaletteViewModel.Rows(place);
        DialogView.Draw(surface, model.Theme, place, "Commands and agents", DialogHints.Palette);
        LinesView.Draw(surface, model.Theme, place, rows, PaletteViewModel.Lines(entries, selected, rows.Width), Scrolling.Around(selected, entries.Length, rows.Height));
        return PromptView.Draw(surface, model.Theme, place.Body, "❯ ", palette.Query, "a few letters of a command or an agent");
    }
}
