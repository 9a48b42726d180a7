using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes.Exec;

/// <summary>The writing side of an exec stream; closing it is end of file where the protocol knows that.</summary>
internal sealed class ExecInput(ExecStream exec) : OneWayStream(isRead: false)
{
    // Small enough that a ping gets between two messages of a long paste.
    private const int LongestMessage = 32 * 1024;

    private int _closed;

    /// <inheritdoc/>
    public override bool CanWrite => _closed == 0;

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed != 0, this);
        while (buffer.Length > 0)
        {
            var part = buffer[..Math.Min(buffer.Length, LongestMessage)];
            await exec.SendAsync(ExecChannel.Input, part, cancellationToken);
            buffer = buffer[part.Length..];
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            await exec.CloseInputAsync();
        }

        await base.DisposeAsync();
    }
}
