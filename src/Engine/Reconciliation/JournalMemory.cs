using System.Collections.Concurrent;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>A memory in the journal. While another engine writes that, what is remembered here ends with this one.</summary>
internal sealed class JournalMemory(IJournal journal) : IUpkeepMemory
{
    // Whose pass began before this engine took the journal over.
    private readonly ConcurrentDictionary<AgentId, bool> _recalledEarlier = new();

    /// <inheritdoc/>
    public bool Survives => journal.Mode == JournalMode.Writing;

    /// <inheritdoc/>
    public AgentUpkeep Peek(AgentId agent) => journal.Current.Agents.GetValueOrDefault(agent)?.Upkeep ?? AgentUpkeep.None;

    /// <inheritdoc/>
    public AgentUpkeep Recall(AgentId agent)
    {
        if (Survives)
        {
            _recalledEarlier.TryRemove(agent, out _);
        }
        else
        {
            _recalledEarlier[agent] = true;
        }

        return Peek(agent);
    }

    /// <inheritdoc/>
    public void Remember(AgentId agent, AgentUpkeep upkeep) => journal.Record(agent, record =>
        record with { Upkeep = Survives && _recalledEarlier.ContainsKey(agent) ? record.Upkeep with { Request = upkeep.Request } : upkeep });

    /// <inheritdoc/>
    public async ValueTask FlushAsync(CancellationToken cancellationToken) => await journal.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<AgentId, AgentRoute>> RoutesOf(string name) =>
        from known in journal.Current.Agents
        where known.Key.Name == name && known.Value.Route is not null
        select KeyValuePair.Create(known.Key, known.Value.Route!);

    /// <inheritdoc/>
    public void Forget(AgentId agent) => journal.Forget(agent);
}
