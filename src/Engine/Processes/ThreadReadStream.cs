using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Processes;

/// <summary>
/// Reads a pipe on a thread of its own. An asynchronous read of a pipe would hold a thread of the pool for as long as nothing
/// comes, which is the normal state of a stream that waits for news: a dozen of them would starve the pool.
/// </summary>
/// <remarks>Holds at most <see cref="BufferSize"/> bytes; while they are not taken the pipe fills and the writer waits. One reader at a time.</remarks>
internal sealed class ThreadReadStream : OneWayStream
{
    /// <summary>How much is read ahead.</summary>
    public const int BufferSize = 32 * 1024;

    private const int StackSize = 128 * 1024;

    private readonly Stream _pipe;
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly SemaphoreSlim _filled = new(0);
    private readonly SemaphoreSlim _taken = new(0);
    private volatile bool _disposed;
    private int _start;
    private int _end;

    // Only the reader touches these two: the thread may fill the buffer again as soon as it was told that it is taken.
    private bool _holdsBatch;
    private bool _ended;

    private ThreadReadStream(Stream pipe)
        : base(isRead: true) => _pipe = pipe;

    /// <summary>Starts to read a pipe, which belongs to the returned stream from then on.</summary>
    public static ThreadReadStream Start(Stream pipe, string name)
    {
        var stream = new ThreadReadStream(pipe);
        new Thread(stream.Pump, StackSize) { IsBackground = true, Name = $"{name} pipe" }.Start();
        return stream;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (buffer.IsEmpty)
        {
            return 0;
        }

        if (_ended)
        {
            return 0;
        }

        if (!_holdsBatch)
        {
            await _filled.WaitAsync(cancellationToken);
            ObjectDisposedException.ThrowIf(_disposed, this);
            _holdsBatch = true;
            _ended = _end == 0;
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _buffer.AsMemory(_start, count).CopyTo(buffer);
        _start += count;
        if (_start == _end && !_ended)
        {
            _holdsBatch = false;
            _taken.Release();
        }

        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // The thread closes the pipe when it comes back from its read: a file number that is closed under a read could be reused.
        _disposed = true;
        _taken.Release();
        _filled.Release();
        base.Dispose(disposing);
    }

    private void Pump()
    {
        using (_pipe)
        {
            while (!_disposed)
            {
                var count = ReadPipe();
                (_start, _end) = (0, count);
                _filled.Release();
                if (count == 0)
                {
                    return;
                }

                _taken.Wait();
            }
        }
    }

    private int ReadPipe()
    {
        try
        {
            return _pipe.Read(_buffer);
        }
        catch (IOException)
        {
            // The other end is gone in a way that the system reports as an error: for a reader that is the end.
            return 0;
        }
    }
}
