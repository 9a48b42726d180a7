using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views.Overlays;

/// <summary>Draws what happened.</summary>
internal static class EventsOverlayView
{
    /// <summary>Draws the dialog and returns where its filter is typed, or null.</summary>
    public static Position? Draw(AppModel model, EventsOverlay events, Surface surface)
    {
        var place = EventsViewModel.Place(model);
        var view = EventsViewModel.Build(model, events, place.Body.Width);
        var rows = EventsViewModel.Rows(place, events.Filter);
        DialogView.Draw(surface, model.Theme, place, "Events", events.Filter.IsTyping ? DialogHints.Filtering : DialogHints.Events);
        LinesView.Draw(surface, model.Theme, place, rows, view.Lines, Scrolling.Around(view.Selected, view.Lines.Length, rows.Height));
        LinesView.Draw(surface, model.Theme, place, EventsViewModel.InFull(place), view.Whole, 0);
        return PromptView.Filter(surface, model.Theme, place, events.Filter);
    }
}
