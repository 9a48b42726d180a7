using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Panes;

/// <summary>The engine's third door: live screens. Safe to call from any thread.</summary>
public interface IPaneFeed
{
    /// <summary>Says which agents are on screen now, replacing what was said before. Only these are captured.</summary>
    void Watch(ImmutableArray<AgentId> visible);

    /// <summary>The newest capture of an agent, or null while there is none. Kept after the agent is no longer watched.</summary>
    PaneCapture? Latest(AgentId agent);

    /// <summary>Agents whose capture changed, merged while the reader is away. One enumeration at a time.</summary>
    IAsyncEnumerable<ImmutableArray<AgentId>> ReadChangesAsync(CancellationToken cancellationToken);

    /// <summary>One look at an agent that need not be watched.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="historyLines">How many lines above the screen to include; 0 for the screen alone, -1 for all of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TransportException">It could not be captured.</exception>
    Task<PaneCapture> CaptureAsync(AgentId agent, int historyLines, CancellationToken cancellationToken);
}
