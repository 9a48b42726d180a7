using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;

namespace AgentDeck.Engine.Notifications;

/// <summary>
/// Follows the fleet and says what is worth telling. What already held when a source first answered is no news, and neither is
/// what is learned of such an agent for the first time later. No I/O; for one caller at a time.
/// </summary>
/// <param name="began">When this engine began: a silence that was too long already by then is no news.</param>
/// <param name="redact">Removes secrets.</param>
internal sealed class NotificationWatch(DateTimeOffset began, Func<string, string> redact)
{
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private readonly Dictionary<AgentId, Sight> _seen = [];
    private readonly PriorityQueue<AgentId, DateTimeOffset> _looks = new();
    private readonly HashSet<AgentId> _looked = [];
    private FleetSnapshot _fleet = FleetSnapshot.Empty;

    /// <summary>When <see cref="Look"/> is due, or null while nothing can stall.</summary>
    public DateTimeOffset? NextLook => _looks.TryPeek(out _, out var due) ? due : null;

    /// <summary>Takes what changed.</summary>
    /// <returns>What is worth telling, in order.</returns>
    public List<Notification> Take(FleetUpdate update, DateTimeOffset now)
    {
        var (before, told) = (_fleet, new List<Notification>());
        _fleet = update.Snapshot;
        var begun = update.Events.OfType<SourceLinkChanged>().Where(changed => changed.From == SourceLink.Connecting).Select(changed => changed.Source).ToHashSet(StringComparer.Ordinal);
        _answered.ExceptWith(begun);
        _answered.RemoveWhere(source => !_fleet.Sources.Any(status => status.Name == source && status.Link != SourceLink.Connecting));
        foreach (var happened in update.Events)
        {
            if (happened.Agent is { } id && _answered.Contains(id.Source) && TakeEvent(happened, id, before) is { } notification)
            {
                told.Add(notification);
            }
        }

        foreach (var source in _fleet.Sources.Where(source => source.Link == SourceLink.Live && _answered.Add(source.Name)))
        {
            Learn(source.Name, now);
        }

        foreach (var id in update.Events.OfType<ActivityChanged>().Select(changed => changed.Id))
        {
            Watch(id, now);
        }

        return told;
    }

    /// <summary>Looks at the agents that may have stalled by now.</summary>
    public List<Notification> Look(DateTimeOffset now)
    {
        var told = new List<Notification>();
        while (NextLook <= now)
        {
            var id = _looks.Dequeue();
            _looked.Remove(id);
            if (!_fleet.Agents.TryGetValue(id, out var agent) || NotificationRules.StallsAt(agent) is not { } due)
            {
                continue;
            }

            // While nobody hears it, its silence says nothing.
            var isHeard = _fleet.SourceOf(id) is { Link: SourceLink.Live } && Freshness.LostSince(agent) is null;
            if (isHeard && due <= now && due > began && _seen.TryGetValue(id, out var sight) && sight.StalledAt != due)
            {
                _seen[id] = sight with { StalledAt = due };
                told.Add(NotificationRules.TellSilence(agent, now, redact));
            }

            Plan(id, due > now ? due : now + NotificationRules.SilenceLimit);
        }

        return told;
    }

    private Notification? TakeEvent(FleetEvent happened, AgentId id, FleetSnapshot before)
    {
        var known = _seen.TryGetValue(id, out var sight);
        var earlier = before.Agents.GetValueOrDefault(id);
        switch (happened)
        {
            case AgentAppeared appeared:
                _seen[id] = new Sight(appeared.Phase);
                return null;
            case AgentGone:
                _seen.Remove(id);
                return known && _fleet.SourceOf(id) is { Link: SourceLink.Live } ? Tell(happened, earlier, sight.Phase, earlier) : null;
            case PhaseChanged changed:
                var isLearned = sight.IsPhaseOpen && changed.From == AgentPhase.Unknown;
                _seen[id] = sight with
                {
                    Phase = changed.To,
                    IsPhaseOpen = sight.IsPhaseOpen && changed.To == AgentPhase.Unknown,
                    IsActivityOpen = changed.To == AgentPhase.Running && (isLearned || sight.IsActivityOpen),
                };
                return isLearned ? null : Tell(happened, earlier, sight.Phase, Now());
            case ActivityChanged changed:
                var wasOpen = sight.IsActivityOpen;
                _seen[id] = sight with { IsActivityOpen = wasOpen && changed.To == Activity.None };
                return wasOpen && changed.From == Activity.None ? null : Tell(happened, earlier, sight.Phase, Now());
            default:
                return Tell(happened, earlier, sight.Phase, Now());
        }

        Agent? Now() => _fleet.Agents.GetValueOrDefault(id, earlier!);
    }

    private Notification? Tell(FleetEvent happened, Agent? earlier, AgentPhase phase, Agent? agent) =>
        NotificationRules.KindOf(happened, earlier, phase) is { } kind ? NotificationRules.Tell(kind, happened, agent, redact) : null;

    // An agent that is found running says what it does only after a first look at its screen.
    private void Learn(string source, DateTimeOffset now)
    {
        foreach (var (id, agent) in _fleet.Agents.Where(pair => pair.Key.Source == source))
        {
            _seen[id] = new Sight(agent.Status.Phase)
            {
                IsPhaseOpen = agent.Status.Phase == AgentPhase.Unknown,
                IsActivityOpen = agent.Status is { Phase: AgentPhase.Running, Activity: Activity.None },
            };
            Watch(id, now);
        }
    }

    private void Watch(AgentId id, DateTimeOffset now)
    {
        if (_fleet.Agents.TryGetValue(id, out var agent) && NotificationRules.StallsAt(agent) is { } due)
        {
            Plan(id, due > now ? due : now);
        }
    }

    private void Plan(AgentId id, DateTimeOffset due)
    {
        if (_looked.Add(id))
        {
            _looks.Enqueue(id, due);
        }
    }

    /// <summary>What is known of an agent.</summary>
    /// <param name="Phase">The phase that it was last in.</param>
    private readonly record struct Sight(AgentPhase Phase)
    {
        /// <summary>Its phase was not known yet when it was found.</summary>
        public bool IsPhaseOpen { get; init; }

        /// <summary>What it does was not known yet when it was found.</summary>
        public bool IsActivityOpen { get; init; }

        /// <summary>The end of the silence that was last told.</summary>
        public DateTimeOffset? StalledAt { get; init; }
    }
}
