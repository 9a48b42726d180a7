using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Operations;

/// <summary>An agent's client that tells once when its operator leaves it.</summary>
/// <param name="client">The client.</param>
/// <param name="leave">What is told.</param>
internal sealed class AttachedStream(ICommandStream client, Action leave) : ForwardedStream(client)
{
    private int _left;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            leave();
        }

        await base.DisposeAsync();
    }
}
