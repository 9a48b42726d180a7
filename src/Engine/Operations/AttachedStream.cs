using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Operations;

/// <summary>An agent's client that tells once when its operator leaves it.</summary>
/// <param name="client">The client.</param>
/// <param name="leave">What is told.</param>
internal sealed class AttachedStream(ICommandStream client, Action leave) : ICommandStream
{
    private int _left;

    /// <inheritdoc/>
    public Stream Input => client.Input;

    /// <inheritdoc/>
    public Stream Output => client.Output;

    /// <inheritdoc/>
    public Stream Error => client.Error;

    /// <inheritdoc/>
    public Task<int> ExitCode => client.ExitCode;

    /// <inheritdoc/>
    public ValueTask ResizeAsync(Size size, CancellationToken cancellationToken) => client.ResizeAsync(size, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            leave();
        }

        await client.DisposeAsync();
    }
}
