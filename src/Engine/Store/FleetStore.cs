using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Store;

/// <summary>
/// What is known of the fleet, with one way to write it. Every change makes a new immutable snapshot with the next version;
/// an edit that changes nothing makes none and wakes nobody.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="redact">Removes secrets from events; by default nothing is removed.</param>
/// <param name="past">Events of engines before this one, oldest first.</param>
/// <param name="acknowledged">What operators had seen of an agent before it appeared; called under the store's lock, so it only looks it up.</param>
internal sealed class FleetStore(TimeProvider time, Func<string, string>? redact = null, IReadOnlyList<FleetEvent>? past = null, Func<AgentId, Acknowledgement?>? acknowledged = null) : IFleetStore
{
    /// <summary>How many events are remembered, and how many a slow reader is handed at once at most.</summary>
    internal const int EventLimit = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<FleetEvent> _events = new();
    private readonly List<FleetSubscription> _subscriptions = [];
    private long _nextSeq = 1;
    private volatile FleetSnapshot _current = FleetSnapshot.Empty;

    /// <inheritdoc/>
    public FleetSnapshot Current => _current;

    /// <inheritdoc/>
    public ImmutableArray<FleetEvent> PastEvents { get; } = past is null ? [] : [.. past.Select((happened, index) => happened with { Seq = index + 1 - past.Count })];

    /// <inheritdoc/>
    public ImmutableArray<FleetEvent> RecentEvents
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <inheritdoc/>
    public IFleetSubscription Subscribe()
    {
        lock (_gate)
        {
            var subscription = new FleetSubscription(_current, Unsubscribe);
            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <summary>
    /// Changes the fleet. <paramref name="change"/> runs under the store's lock: it only computes, it never waits or calls back.
    /// </summary>
    /// <returns>The snapshot after the change.</returns>
    public FleetSnapshot Apply(Action<FleetEdit> change)
    {
        lock (_gate)
        {
            var edit = new FleetEdit(_current, acknowledged);
            change(edit);
            var now = time.GetUtcNow();
            var next = edit.Complete(now);
            if (ReferenceEquals(next, _current))
            {
                return next;
            }

            var events = edit.Events(_nextSeq, now);
            if (redact is not null)
            {
                events = events.ConvertAll(happened => FleetEventRedaction.Of(happened, redact));
            }

            _nextSeq += events.Count;
            foreach (var recorded in events)
            {
                _events.Enqueue(recorded);
            }

            while (_events.Count > EventLimit)
            {
                _events.Dequeue();
            }

            _current = next;
            foreach (var subscription in _subscriptions)
            {
                subscription.Offer(next, events, edit.Touched);
            }

            return next;
        }
    }

    private void Unsubscribe(FleetSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }
}
