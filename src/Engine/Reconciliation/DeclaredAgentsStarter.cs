using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>
/// Starts each agent that is declared to run and never ran, once for each declaration; what ended is left as it is. Agents of
/// one source are started one after the other, sources do not wait for each other.
/// </summary>
internal sealed class DeclaredAgentsStarter(FleetStore store, SourceRegistry sources, IAgentLifecycle lifecycle)
{
    private readonly HashSet<(AgentId Agent, long Generation)> _tried = [];
    private readonly Dictionary<string, Task> _busy = [];

    /// <summary>Follows the store until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var updates = store.Subscribe();
        Consider(updates.Initial, cancellationToken);
        try
        {
            await foreach (var update in updates.ReadAllAsync(cancellationToken))
            {
                Consider(update.Snapshot, cancellationToken);
            }
        }
        finally
        {
            await Task.WhenAll(_busy.Values);
        }
    }

    private void Consider(FleetSnapshot fleet, CancellationToken cancellationToken)
    {
        var wanted = fleet.Agents.Values
            .Where(agent => agent.Status.Phase == AgentPhase.Pending && agent.Spec is { Desired: DesiredState.Running }
                && fleet.SourceOf(agent.Id)?.Link == SourceLink.Live && sources.SourceOf(agent.Id) is { MayStart: true }
                && _tried.Add((agent.Id, agent.Generation)))
            .Select(agent => agent.Id)
            .GroupBy(id => id.Source);
        foreach (var some in wanted)
        {
            _busy[some.Key] = StartAsync(_busy.GetValueOrDefault(some.Key, Task.CompletedTask), [.. some.OrderBy(id => id.Name, StringComparer.Ordinal)], cancellationToken);
        }
    }

    private async Task StartAsync(Task earlier, AgentId[] agents, CancellationToken cancellationToken)
    {
        await earlier;
        foreach (var agent in agents)
        {
            try
            {
                await lifecycle.StartAsync(agent, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
