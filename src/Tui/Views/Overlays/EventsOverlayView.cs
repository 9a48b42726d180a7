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
        var rows = DialogRows.Below(place, events.Filter);
        DialogView.Draw(surface, model.Theme, place, "Events", events.Filter.IsTyping ? DialogHints.Filtering : DialogHints.Events);
        LinesView.Draw(surface, model.Theme, rows, view.Lines, Scrolling.Around(view.Selected, view.Lines.Length, rows.Height));
        return PromptView.Filter(surface, model.Theme, place, events.Filter);
    }
}
