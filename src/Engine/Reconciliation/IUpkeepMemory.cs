using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>Where what the engine remembers of agents outlives it.</summary>
internal interface IUpkeepMemory
{
    /// <summary>Whether the next engine finds what this one remembered.</summary>
    bool Survives { get; }

    /// <summary>What is remembered of an agent, or <see cref="AgentUpkeep.None"/>; for whoever only looks.</summary>
    AgentUpkeep Peek(AgentId agent);

    /// <summary>The same for the pass over the agent, which begins with it.</summary>
    AgentUpkeep Recall(AgentId agent);

    /// <summary>
    /// Remembers; does not wait until that would survive a crash. When another engine's memory took the place of what was recalled, only what
    /// is asked for is remembered: the rest was concluded from less than is known now.
    /// </summary>
    void Remember(AgentId agent, AgentUpkeep upkeep);

    /// <summary>Waits until what was remembered so far would survive a crash, as far as that can be had. Never fails.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);

    /// <summary>Where agents of that name were reached last, in whatever source.</summary>
    IEnumerable<KeyValuePair<AgentId, AgentRoute>> RoutesOf(string name);

    /// <summary>Forgets an agent that is gone and was not declared.</summary>
    void Forget(AgentId agent);
}
