using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal;

/// <summary>The raw terminal, lent out: the main screen, raw mode, nobody else reading. Dispose to give it back.</summary>
internal interface ITerminalLease : IAsyncDisposable
{
    /// <summary>The size now.</summary>
    CellSize Size { get; }

    /// <summary>Reads what the operator types, as bytes. Returns 0 when the terminal went away. Cancelling leaves no byte behind.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Writes bytes to the terminal as they are.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Completes at the next change of size, with the new size.</summary>
    Task<CellSize> NextResizeAsync(CancellationToken cancellationToken);
}
