using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Processes;

/// <summary>What is typed on a pseudo-terminal, as a stream. Closing it sends nothing: an end-of-file key could reach an agent.</summary>
internal sealed class PtyInput(PtyPump pump) : OneWayStream(isRead: false)
{
    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        pump.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) =>
        pump.WriteAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
