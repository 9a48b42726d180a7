using System.Collections.Concurrent;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>A memory that ends with the engine: of one that only looks, or of a command that is over in a moment.</summary>
internal sealed class PassingMemory : IUpkeepMemory
{
    private readonly ConcurrentDictionary<AgentId, AgentUpkeep> _upkeeps = new();

    /// <inheritdoc/>
    public bool Survives => false;

    /// <inheritdoc/>
    public AgentUpkeep Peek(AgentId agent) => _upkeeps.GetValueOrDefault(agent, AgentUpkeep.None);

    /// <inheritdoc/>
    public AgentUpkeep Recall(AgentId agent) => Peek(agent);

    /// <inheritdoc/>
    public void Remember(AgentId agent, AgentUpkeep upkeep) => _upkeeps[agent] = upkeep;

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<AgentId, AgentRoute>> RoutesOf(string name) => [];

    /// <inheritdoc/>
    public void Forget(AgentId agent) => _upkeeps.TryRemove(agent, out _);
}
