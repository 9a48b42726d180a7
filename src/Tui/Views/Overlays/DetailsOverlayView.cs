using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views.Overlays;

/// <summary>Draws the details of one agent.</summary>
internal static class DetailsOverlayView
{
    /// <summary>Draws the dialog; it has no cursor.</summary>
    public static Position? Draw(AppModel model, DetailsOverlay details, Surface surface)
    {
        var place = DetailsViewModel.Place(model);
        DialogView.Draw(surface, model.Theme, place, PlainText.Sanitize(details.Last.Id.ToString()), DialogHints.Details);
        LinesView.Draw(surface, model.Theme, place, place.Body, DetailsViewModel.Lines(model, details, place.Body.Width), details.Offset);
        return null;
    }
}
