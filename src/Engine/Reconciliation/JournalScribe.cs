using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using AgentDeck.Engine.Store;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>Writes into the journal what happens in the fleet, and where declared agents were reached last.</summary>
internal sealed class JournalScribe(IFleetStore store, IJournal journal)
{
    private long _written;

    /// <summary>Writes until cancelled, and then what is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var updates = store.Subscribe();
        try
        {
            await foreach (var update in updates.ReadAllAsync(cancellationToken))
            {
                foreach (var happened in update.Events)
                {
                    Write(happened, update.Snapshot);
                }
            }
        }
        catch (OperationCanceledException)
        {
            foreach (var happened in store.RecentEvents.Where(happened => happened.Seq > _written))
            {
                Write(happened, store.Current);
            }
        }
    }

    private void Write(FleetEvent happened, FleetSnapshot fleet)
    {
        _written = happened.Seq;
        journal.RecordEvent(new JournalledEvent(0, happened.At, happened.Agent, happened.GetType().Name, FleetEventText.Describe(happened), FleetEventText.Operator(happened)));
        ForgetIdle(happened, fleet);
        if (happened is AgentAppeared or PhaseChanged
            && fleet.Agents.TryGetValue(happened.Agent!.Value, out var agent) && agent is { Spec: not null, Status.Phase: AgentPhase.Running or AgentPhase.Starting })
        {
            var route = agent.Status.Pod is { } pod
                ? pod.IsContainer ? new AgentRoute(RouteKind.Container, pod.Uid, pod.Uid) : new AgentRoute(RouteKind.Kubernetes, $"{pod.Namespace}/{pod.Name}", pod.Uid)
                : new AgentRoute(RouteKind.Local, agent.Status.Origin);
            journal.Record(agent.Id, record => record with { Route = route });
        }
    }

    // What was only told of an agent, not done about it, goes with the agent, also when it went while nobody looked.
    private void ForgetIdle(FleetEvent happened, FleetSnapshot fleet)
    {
        foreach (var (id, record) in journal.Current.Agents)
        {
            var concerned = happened is AgentGone gone ? gone.Id == id : happened is SourceLinkChanged { From: SourceLink.Connecting, To: SourceLink.Live } link && link.Source == id.Source;
            if (concerned && !fleet.Agents.ContainsKey(id) && record.Upkeep == AgentUpkeep.None && record.Route is null)
            {
                journal.Forget(id);
            }
        }
    }
}
