using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>Where what the engine remembers of agents outlives it.</summary>
internal interface IUpkeepMemory
{
    /// <summary>Whether the next engine finds what this one remembered.</summary>
    bool Survives { get; }

    /// <summary>What was remembered of an agent, or <see cref="AgentUpkeep.None"/>.</summary>
    AgentUpkeep Recall(AgentId agent);

    /// <summary>Remembers; does not wait until that would survive a crash.</summary>
    void Remember(AgentId agent, AgentUpkeep upkeep);

    /// <summary>Waits until what was remembered so far would survive a crash, as far as that can be had. Never fails.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);

    /// <summary>Forgets an agent that is gone and was not declared.</summary>
    void Forget(AgentId agent);
}
