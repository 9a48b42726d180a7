using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>
/// Bounds how many agents of one source are started at the same time. Who finds no room does not wait, so that no worker is
/// held up: it is told when there is. Safe to call from any thread.
/// </summary>
/// <param name="again">Called for an agent that may try again.</param>
internal sealed class StartSlots(Action<AgentId> again)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Taken, Queue<AgentId> Waiting)> _sources = [];

    /// <summary>Takes a place, or remembers the agent and returns false.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="limit">How many places its source has.</param>
    public bool TryTake(AgentId agent, int limit)
    {
        lock (_gate)
        {
            var (taken, waiting) = _sources.GetValueOrDefault(agent.Source, (0, new Queue<AgentId>()));
            if (taken < limit)
            {
                _sources[agent.Source] = (taken + 1, waiting);
                return true;
            }

            if (!waiting.Contains(agent))
            {
                waiting.Enqueue(agent);
            }

            return false;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Release(AgentId agent)
    {
        AgentId? next;
        lock (_gate)
        {
            var (taken, waiting) = _sources[agent.Source];
            _sources[agent.Source] = (taken - 1, waiting);
            next = waiting.TryDequeue(out var first) ? first : null;
        }

        if (next is { } waited)
        {
            again(waited);
        }
    }
}
