using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Store;

/// <summary>The engine's first door: what is known of the fleet. Safe to call from any thread.</summary>
public interface IFleetStore
{
    /// <summary>The newest snapshot.</summary>
    FleetSnapshot Current { get; }

    /// <summary>The most recent events, oldest first; bounded, older ones are forgotten.</summary>
    ImmutableArray<FleetEvent> RecentEvents { get; }

    /// <summary>The last events of engines before this one, as far as they are remembered, oldest first; their numbers end with 0.</summary>
    ImmutableArray<FleetEvent> PastEvents { get; }

    /// <summary>The snapshot of now together with everything later: no gap, no duplicate. Dispose to end it.</summary>
    IFleetSubscription Subscribe();
}
