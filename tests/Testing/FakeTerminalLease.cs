using System.Text;
using System.Threading.Channels;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Testing;

/// <summary>A lent terminal in memory: the test types, and sees what was written.</summary>
internal sealed class FakeTerminalLease(CellSize size) : ITerminalLease
{
    private readonly Channel<byte> _typed = Channel.CreateUnbounded<byte>();
    private readonly Lock _gate = new();
    private readonly List<byte> _written = [];
    private TaskCompletionSource<CellSize> _resized = NewSignal();

    /// <summary>Something that a test can see changed; raised on any thread.</summary>
    public event Action? Changed;

    /// <inheritdoc/>
    public CellSize Size { get; private set; } = size;

    /// <summary>Whether it was given back.</summary>
    public bool IsReturned { get; private set; }

    /// <summary>All that was written, as UTF-8.</summary>
    public string Written
    {
        get
        {
            lock (_gate)
            {
                return Encoding.UTF8.GetString([.. _written]);
            }
        }
    }

    /// <summary>Types bytes.</summary>
    public void Type(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            _typed.Writer.TryWrite(value);
        }
    }

    /// <summary>The terminal goes away: reads return 0 once all is read.</summary>
    public void Close() => _typed.Writer.TryComplete();

    /// <summary>Gives the terminal another size.</summary>
    public void Resize(CellSize size)
    {
        lock (_gate)
        {
            Size = size;
            _resized.TrySetResult(size);
            _resized = NewSignal();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!await _typed.Reader.WaitToReadAsync(cancellationToken))
        {
            return 0;
        }

        var count = 0;
        while (count < buffer.Length && _typed.Reader.TryRead(out var value))
        {
            buffer.Span[count++] = value;
        }

        return count;
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _written.AddRange(bytes.Span);
        }

        Changed?.Invoke();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<CellSize> NextResizeAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _resized.Task.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        IsReturned = true;
        Changed?.Invoke();
        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource<CellSize> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
