using System.Runtime.CompilerServices;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Store;

/// <summary>The one-slot mailbox of one reader: newest snapshot, and the events since the last time it looked.</summary>
internal sealed class FleetSubscription(FleetSnapshot initial, Action<FleetSubscription> unsubscribe) : IFleetSubscription
{
    private readonly Lock _gate = new();
    private readonly Queue<FleetEvent> _events = new();
    private readonly Pulse _pulse = new();
    private HashSet<AgentId> _changed = [];
    private FleetSnapshot? _pending;

    /// <inheritdoc/>
    public FleetSnapshot Initial => initial;

    /// <inheritdoc/>
    public async IAsyncEnumerable<FleetUpdate> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _pulse.WaitAsync(cancellationToken))
        {
            if (Take() is { } update)
            {
                yield return update;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        unsubscribe(this);
        _pulse.Complete();
    }

    /// <summary>Merges a change into the slot. Never blocks.</summary>
    internal void Offer(FleetSnapshot snapshot, List<FleetEvent> events, IReadOnlyCollection<AgentId> changed)
    {
        lock (_gate)
        {
            _pending = snapshot;
            _changed.UnionWith(changed);
            foreach (var happened in events)
            {
                _events.Enqueue(happened);
            }

            while (_events.Count > FleetStore.EventLimit)
            {
                _events.Dequeue();
            }
        }

        _pulse.Set();
    }

    private FleetUpdate? Take()
    {
        lock (_gate)
        {
            if (_pending is not { } snapshot)
            {
                return null;
            }

            var update = new FleetUpdate(snapshot, [.. _events]) { Changed = _changed };
            _pending = null;
            _changed = [];
            _events.Clear();
            return update;
        }
    }
}
