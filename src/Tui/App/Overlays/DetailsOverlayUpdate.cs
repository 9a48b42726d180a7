using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Shows everything known of one agent and follows it.</summary>
internal static class DetailsOverlayUpdate
{
    /// <summary>Opens the details of an agent and asks for its processes; nothing when it is not known.</summary>
    public static Transition Open(AppModel model, AgentId agent) =>
        model.Fleet.Agents.TryGetValue(agent, out var known)
            ? new Transition(model with { Overlay = new DetailsOverlay(known, null, null, model.Now, 0) }, [new ListProcesses(agent)])
            : model;

    /// <summary>What a key or click does.</summary>
    public static Transition Apply(AppModel model, DetailsOverlay details, TerminalEvent input)
    {
        var place = DetailsViewModel.Place(model);
        if (DialogKeys.ClosesReader(input, place) || DialogKeys.Is(input, Key.Enter))
        {
            return model with { Overlay = null };
        }

        if (DialogKeys.Is(input, 'R') && details.GoneSince is null)
        {
            return new Transition(model with { Overlay = details with { Processes = null } }, [new ListProcesses(details.Last.Id)]);
        }

        var rows = DetailsViewModel.Lines(model, details, place.Body.Width).Length;
        return ListKeys.Move(details.Offset, rows - place.Body.Height, place.Body.Height - 1, input, letters: true) is { } offset
            ? model with { Overlay = details with { Offset = offset } }
            : model;
    }

    /// <summary>Follows the fleet, and takes in the processes when they arrive.</summary>
    public static Transition Notice(AppModel model, DetailsOverlay details, AppMessage message) => message switch
    {
        FleetChanged => model with { Overlay = Follow(model, details) },
        ProcessesListed listed when listed.Agent == details.Last.Id =>
            model with { Overlay = details with { Processes = listed.Text, ProcessesAt = model.Now } },
        _ => model,
    };

    private static DetailsOverlay Follow(AppModel model, DetailsOverlay details) =>
        model.Fleet.Agents.TryGetValue(details.Last.Id, out var known)
            ? details with { Last = known, GoneSince = null }
            : details with { GoneSince = details.GoneSince ?? model.Now };
}
