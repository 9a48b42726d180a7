using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods.Starting;

/// <summary>Waits for what a source is told.</summary>
internal static class StoreWait
{
    /// <summary>Returns when something holds, which is looked at after every change of the store.</summary>
    /// <exception cref="TransportException">Nobody tells any more.</exception>
    public static async Task UntilAsync(this FleetStore store, Func<bool> holds, CancellationToken cancellationToken)
    {
        using var updates = store.Subscribe();
        if (holds())
        {
            return;
        }

        await foreach (var _ in updates.ReadAllAsync(cancellationToken))
        {
            if (holds())
            {
                return;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new TransportException(TransportFault.Unreachable, "its source is no longer watched");
    }
}
