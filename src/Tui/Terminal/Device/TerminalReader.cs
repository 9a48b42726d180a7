namespace AgentDeck.Tui.Terminal.Device;

/// <summary>
/// Reads the terminal on a thread of its own that sleeps in <c>poll</c> and takes bytes only while somebody asks for them: a
/// cancelled read leaves every byte in the terminal, where the next program or the next read finds it.
/// </summary>
internal sealed class TerminalReader : IDisposable
{
    private readonly int _terminal;
    private readonly int _wakeReader;
    private readonly int _wakeWriter;
    private readonly Lock _gate = new();
    private Request? _request;
    private bool _stopped;

    /// <summary>Prepares reading from a descriptor; it stays open.</summary>
    public TerminalReader(int terminal)
    {
        _terminal = terminal;
        (_wakeReader, _wakeWriter) = TerminalNative.OpenPipe();
    }

    /// <summary>Starts the thread.</summary>
    public void Run() => new Thread(Loop) { IsBackground = true, Name = "terminal input" }.Start();

    /// <summary>Reads at least one byte; 0 when the terminal went away. One read at a time.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new Request(buffer);
        lock (_gate)
        {
            if (_stopped)
            {
                return 0;
            }

            if (_request is not null)
            {
                throw new InvalidOperationException("the terminal is already being read");
            }

            _request = request;
            WakeNeedsLock();
        }

        await using var registration = cancellationToken.Register(() => Cancel(request, cancellationToken));
        return await request.Count.Task;
    }

    /// <summary>Ends the thread; a waiting read returns 0.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_stopped)
            {
                _stopped = true;
                WakeNeedsLock();
            }
        }
    }

    private void Cancel(Request request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_request == request)
            {
                _request = null;
                request.Count.TrySetCanceled(cancellationToken);
                WakeNeedsLock();
            }
        }
    }

    private unsafe void WakeNeedsLock()
    {
        byte signal = 0;
        _ = TerminalNative.Write(_wakeWriter, &signal, 1);
    }

    private unsafe void Loop()
    {
        var entries = stackalloc TerminalNative.PollEntry[2];
        while (true)
        {
            bool wanted;
            lock (_gate)
            {
                if (_stopped)
                {
                    break;
                }

                wanted = _request is not null;
            }

            entries[0] = new TerminalNative.PollEntry { Descriptor = _wakeReader, Wanted = TerminalNative.PollIn };
            entries[1] = new TerminalNative.PollEntry { Descriptor = wanted ? _terminal : -1, Wanted = TerminalNative.PollIn };
            _ = TerminalNative.Poll(entries, 2, -1);
            if (entries[0].Happened != 0)
            {
                DrainWake();
            }

            if (wanted && entries[1].Happened != 0)
            {
                Answer();
            }
        }

        End();
    }

    private unsafe void DrainWake()
    {
        var buffer = stackalloc byte[64];
        _ = TerminalNative.Read(_wakeReader, buffer, 64);
    }

    // Bytes are ready, so the read does not block; under the lock, so that a cancelled request takes none of them.
    private unsafe void Answer()
    {
        lock (_gate)
        {
            if (_request is not { } request)
            {
                return;
            }

            nint count;
            fixed (byte* start = request.Buffer.Span)
            {
                count = TerminalNative.Read(_terminal, start, (nuint)request.Buffer.Length);
            }

            if (count < 0)
            {
                var error = System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
                if (error == TerminalNative.Interrupted || error == TerminalNative.TryAgain)
                {
                    return;
                }
            }

            _request = null;
            request.Count.TrySetResult((int)Math.Max(0, count));
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _request?.Count.TrySetResult(0);
            _request = null;
            _ = TerminalNative.Close(_wakeReader);
            _ = TerminalNative.Close(_wakeWriter);
        }
    }

    private sealed class Request(Memory<byte> buffer)
    {
        public Memory<byte> Buffer { get; } = buffer;

        public TaskCompletionSource<int> Count { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
