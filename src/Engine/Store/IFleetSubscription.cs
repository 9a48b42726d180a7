using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Store;

/// <summary>One reader of the fleet. A slow reader gets merged updates, never a queue.</summary>
public interface IFleetSubscription : IDisposable
{
    /// <summary>The snapshot at the moment of subscribing.</summary>
    FleetSnapshot Initial { get; }

    /// <summary>Later updates, each merged from all that happened since the one before. Ends when disposed. One enumeration only.</summary>
    IAsyncEnumerable<FleetUpdate> ReadAllAsync(CancellationToken cancellationToken);
}
