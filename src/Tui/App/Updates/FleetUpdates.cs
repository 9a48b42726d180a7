using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;
using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Updates;

/// <summary>Takes in what the engine learned.</summary>
internal static class FleetUpdates
{
    /// <summary>How many events the deck keeps.</summary>
    public const int MostEvents = 500;

    /// <summary>The fleet and the events that led to it.</summary>
    public static AppModel Apply(AppModel model, FleetUpdate update)
    {
        var events = update.Events.IsEmpty ? model.Events : model.Events.AddRange(update.Events);
        events = events.Length > MostEvents ? events.RemoveRange(0, events.Length - MostEvents) : events;
        var next = model with { Fleet = update.Snapshot, Events = events };
        foreach (var happened in update.Events)
        {
            next = happened is ConfigurationReloaded reloaded ? Reloaded(next, reloaded.Errors) : next;
        }

        return next;
    }

    // With errors the problem itself stands above the footer for as long as it is there.
    private static AppModel Reloaded(AppModel model, int errors) =>
        errors > 0 ? model : Notices.Add(model, NoticeKind.Info, "agents.toml was read again");
}
