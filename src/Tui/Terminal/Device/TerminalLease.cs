using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Device;

/// <summary>The terminal while it is lent out by a <see cref="ScreenHost"/>.</summary>
internal sealed class TerminalLease(ScreenHost host, TerminalReader reader, TerminalWriter writer, Func<bool> isLent) : ITerminalLease
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<CellSize> _resized = NewSignal();
    private int _returned;

    /// <inheritdoc/>
    public CellSize Size => host.Size;

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => reader.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await writer.WriteAsync(bytes, isLent, cancellationToken);

    /// <inheritdoc/>
    public Task<CellSize> NextResizeAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _resized.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Tells whoever waits that the terminal has another size.</summary>
    public void Resize(CellSize size)
    {
        lock (_gate)
        {
            _resized.TrySetResult(size);
            _resized = NewSignal();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() =>
        Interlocked.Exchange(ref _returned, 1) == 0 ? host.ReclaimAsync() : ValueTask.CompletedTask;

    private static TaskCompletionSource<CellSize> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
