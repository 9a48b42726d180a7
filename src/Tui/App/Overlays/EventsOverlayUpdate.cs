using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Shows what happened and leads to the agent concerned.</summary>
internal static class EventsOverlayUpdate
{
    /// <summary>Opens the events at the newest.</summary>
    public static Transition Open(AppModel model) => model with { Overlay = new EventsOverlay(DialogFilter.None, null) };

    /// <summary>What a key or click does.</summary>
    public static Transition Apply(AppModel model, EventsOverlay events, TerminalEvent input)
    {
        if (DialogFilterUpdate.Apply(events.Filter, input) is { } filter)
        {
            return model with { Overlay = events with { Filter = filter, Selected = null } };
        }

        var place = EventsViewModel.Place(model);
        if (DialogKeys.ClosesReader(input, place))
        {
            return model with { Overlay = null };
        }

        var rows = EventsViewModel.Rows(place, events.Filter);
        var view = EventsViewModel.Build(model, events, place.Body.Width);
        if (view.Events.IsEmpty)
        {
            return model;
        }

        if (DialogKeys.Is(input, Key.Enter))
        {
            return view.Events[view.Selected].Agent is { } agent ? AgentSelection.GoTo(model, agent) : model;
        }

        var last = view.Events.Length - 1;
        var clicked = DialogKeys.ClickedRow(input, rows) is { } row ? row + Scrolling.Around(view.Selected, view.Events.Length, rows.Height) : (int?)null;
        var selected = clicked <= last ? clicked : ListKeys.Move(view.Selected, last, rows.Height - 1, input, letters: true);
        return selected is { } next ? model with { Overlay = events with { Selected = view.Events[next].Seq } } : model;
    }
}
