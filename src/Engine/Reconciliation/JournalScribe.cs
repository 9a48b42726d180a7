using System.Collections.Concurrent;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using AgentDeck.Engine.Store;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>
/// Writes into the journal what happens in the fleet, where declared agents were reached last, and what agents write of themselves. What operators did by an engine that may not
/// write goes into the inbox, and from there into the journal of the one that may.
/// </summary>
/// <param name="store">What is seen.</param>
/// <param name="journal">Where it is written down; null for an engine that only does what it is asked.</param>
/// <param name="inbox">What others did.</param>
internal sealed class JournalScribe(FleetStore store, IJournal? journal, JournalInbox inbox)
{
    // Events that are in the journal already.
    private readonly ConcurrentDictionary<long, bool> _takenIn = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private long _written;

    /// <summary>Writes until cancelled, and then what is left.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(WriteAsync(cancellationToken), TakeInAsync(cancellationToken));

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        using var updates = store.Subscribe();
        var before = updates.Initial;
        KeepReports(FleetSnapshot.Empty, before, before.Agents.Keys);
        try
        {
            await foreach (var update in updates.ReadAllAsync(cancellationToken))
            {
                foreach (var happened in update.Events)
                {
                    Write(happened, update.Snapshot);
                }

                KeepReports(before, update.Snapshot, update.Changed);
                before = update.Snapshot;
            }
        }
        catch (OperationCanceledException)
        {
            foreach (var happened in store.RecentEvents.Where(happened => happened.Seq > _written))
            {
                Write(happened, store.Current);
            }

            var last = store.Current;
            KeepReports(before, last, last.Agents.Keys);
        }
    }

    private async Task TakeInAsync(CancellationToken cancellationToken)
    {
        if (journal is null)
        {
            return;
        }

        var pulse = new Pulse();
        journal.ModeChanged += pulse.Set;
        pulse.Set();
        var watch = default(IDisposable);
        try
        {
            while (await pulse.WaitAsync(cancellationToken))
            {
                if (journal.Mode == JournalMode.Writing)
                {
                    watch ??= inbox.Watch(pulse.Set);
                    // What the engine before this one wrote took the place of what was known here.
                    var fleet = store.Current;
                    KeepReports(FleetSnapshot.Empty, fleet, fleet.Agents.Keys);
                    await TakeInAllAsync(journal);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            watch?.Dispose();
            journal.ModeChanged -= pulse.Set;
        }
    }

    // Not to be broken off: what was taken in must not wait there any longer.
    private async Task TakeInAllAsync(IJournal writing)
    {
        var names = new List<string>();
        foreach (var (name, handed) in inbox.Read().Where(waiting => _known.Add(waiting.Name)))
        {
            names.Add(name);
            if (writing.Current.Holds(handed))
            {
                // An engine that was killed took it in, and did not come to remove it.
                continue;
            }

            var seen = SeenIn(handed.What!);
            Remember(writing, handed.Agent, seen);
            writing.RecordEvent(handed);
            store.Apply(edit =>
            {
                if (seen is not null && handed.Agent is { } agent)
                {
                    edit.Acknowledge(agent, seen);
                }

                edit.Record((seq, _) =>
                {
                    _takenIn[seq] = true;
                    return handed.What! with { Seq = seq };
                });
            });
        }

        // What is not on disk yet is taken in again by the next engine.
        if (names.Count > 0 && await writing.FlushAsync(CancellationToken.None))
        {
            names.ForEach(inbox.Remove);
        }
    }

    private void Write(FleetEvent happened, FleetSnapshot fleet)
    {
        _written = happened.Seq;
        if (_takenIn.TryRemove(happened.Seq, out _))
        {
            return;
        }

        if (happened is OperationFinished && journal is null or { Mode: JournalMode.Observing })
        {
            inbox.Put(JournalledEvent.Of(happened));
        }

        if (journal is null)
        {
            return;
        }

        Remember(journal, happened.Agent, SeenIn(happened));
        journal.RecordEvent(JournalledEvent.Of(happened));
        ForgetIdle(journal, happened, fleet);
        if (happened is AgentAppeared or PhaseChanged
            && fleet.Agents.TryGetValue(happened.Agent!.Value, out var agent) && agent is { Spec: not null, Status.Phase: AgentPhase.Running or AgentPhase.Starting })
        {
            var route = agent.Status.Pod is { } pod
                ? pod.IsContainer ? new AgentRoute(RouteKind.Container, pod.Uid, pod.Uid) : new AgentRoute(RouteKind.Kubernetes, $"{pod.Namespace}/{pod.Name}", pod.Uid)
                : new AgentRoute(RouteKind.Local, agent.Status.Origin);
            journal.Record(agent.Id, record => record with { Route = route });
        }
    }

    private void KeepReports(FleetSnapshot before, FleetSnapshot fleet, IEnumerable<AgentId> changed)
    {
        foreach (var id in journal is null ? [] : changed)
        {
            if (fleet.Agents.GetValueOrDefault(id)?.Status.Report is { } report && !ReferenceEquals(report, before.Agents.GetValueOrDefault(id)?.Status.Report))
            {
                journal!.Record(id, record => record.With(report));
            }
        }
    }

    private static Acknowledgement? SeenIn(FleetEvent happened) =>
        happened is OperationFinished { Acknowledged: { } what } finished ? new Acknowledgement(what, finished.Operator, finished.At) : null;

    private static void Remember(IJournal journal, AgentId? agent, Acknowledgement? seen)
    {
        if (agent is { } id && seen is not null)
        {
            journal.Record(id, record => record with { Acknowledged = seen });
        }
    }

    // What was only told of an agent, not done about it, goes with the agent, also when it went while nobody looked.
    private static void ForgetIdle(IJournal journal, FleetEvent happened, FleetSnapshot fleet)
    {
        IEnumerable<AgentId> concerned = happened switch
        {
            AgentGone gone => [gone.Id],
            SourceLinkChanged { From: SourceLink.Connecting, To: SourceLink.Live } link => journal.Current.Agents.Keys.Where(id => id.Source == link.Source),
            _ => [],
        };
        foreach (var id in concerned)
        {
            if (!fleet.Agents.ContainsKey(id) && journal.Current.Agents.GetValueOrDefault(id) is { Route: null } record && record.Upkeep == AgentUpkeep.None)
            {
                journal.Forget(id);
            }
        }
    }
}
