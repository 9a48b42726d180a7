using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Store;

/// <summary>What changed for one reader.</summary>
/// <param name="Snapshot">The newest snapshot.</param>
/// <param name="Events">All events since the update before, oldest first; bounded, the oldest are dropped.</param>
public sealed record FleetUpdate(FleetSnapshot Snapshot, ImmutableArray<FleetEvent> Events)
{
    /// <summary>Every agent that appeared, changed or went since the update before, whether or not an event tells of it.</summary>
    public IReadOnlySet<AgentId> Changed { get; init; } = ImmutableHashSet<AgentId>.Empty;
}
