using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>A memory in the journal. While another engine writes that, what is remembered here ends with this one.</summary>
internal sealed class JournalMemory(IJournal journal) : IUpkeepMemory
{
    /// <inheritdoc/>
    public bool Survives => journal.Mode == JournalMode.Writing;

    /// <inheritdoc/>
    public AgentUpkeep Recall(AgentId agent) => journal.Current.Agents.GetValueOrDefault(agent)?.Upkeep ?? AgentUpkeep.None;

    /// <inheritdoc/>
    public void Remember(AgentId agent, AgentUpkeep upkeep) => journal.Record(agent, record => record with { Upkeep = upkeep });

    /// <inheritdoc/>
    public async ValueTask FlushAsync(CancellationToken cancellationToken) => await journal.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public void Forget(AgentId agent) => journal.Forget(agent);
}
