using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Running;

/// <summary>When time alone next changes something on screen.</summary>
internal static class Heartbeat
{
    private const int ClockFrom = 40;

    /// <summary>
    /// How long to wait from <paramref name="now"/>: to the next second while something shows seconds, else to the next minute;
    /// null when nothing on screen depends on time.
    /// </summary>
    public static TimeSpan? NextIn(AppModel model, DateTimeOffset now)
    {
        if (model.Fleet.Agents.IsEmpty && model.Layout.Header.IsEmpty && model.Notices.IsEmpty && model.Overlay is null)
        {
            return null;
        }

        var unit = ShowsSeconds(model) ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMinute;
        return TimeSpan.FromTicks(unit - now.UtcTicks % unit);
    }

    /// <summary>The second that an instant belongs to: nothing on screen is finer.</summary>
    public static DateTimeOffset Second(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);

    private static bool ShowsSeconds(AppModel model) =>
        (!model.Layout.Header.IsEmpty && model.Screen.Width >= ClockFrom) || !model.Notices.IsEmpty || model.Overlay is not null
        || model.Fleet.Sources.Any(source => source.Link != SourceLink.Live)
        || model.Fleet.Agents.Values.Any(agent => agent.IdleTime(model.Now) < TimeSpan.FromMinutes(1) || Freshness.LostSince(agent) is not null);
}
