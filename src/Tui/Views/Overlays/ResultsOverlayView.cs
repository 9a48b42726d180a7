using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views.Overlays;

/// <summary>Draws what an operation came to, agent by agent.</summary>
internal static class ResultsOverlayView
{
    /// <summary>Draws the dialog; it has no cursor.</summary>
    public static Position? Draw(AppModel model, ResultsOverlay results, Surface surface)
    {
        var place = ResultsViewModel.Place(model, results);
        DialogView.Draw(surface, model.Theme, place, ResultsViewModel.Title(results), DialogHints.Results);
        LinesView.Draw(surface, model.Theme, place, place.Body, ResultsViewModel.Lines(results, place.Body.Width), results.Offset);
        return null;
    }
}
