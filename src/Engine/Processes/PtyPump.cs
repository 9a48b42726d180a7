using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AgentDeck.Engine.Processes;

/// <summary>
/// Moves bytes between a pseudo-terminal's master and the program here, on a thread of its own that sleeps in <c>poll</c>.
/// At most <see cref="Limit"/> bytes wait to be read; beyond it the program on the terminal is held back.
/// </summary>
internal sealed class PtyPump : IDisposable
{
    /// <summary>How many unread bytes are held.</summary>
    public const int Limit = 256 * 1024;

    private readonly SafeFileHandle _master;
    private readonly SafeFileHandle _wakeReader;
    private readonly SafeFileHandle _wakeWriter;
    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: Limit, resumeWriterThreshold: Limit / 2, useSynchronizationContext: false));

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private TaskCompletionSource? _writable;
    private bool _ended;
    private volatile bool _stop;

    /// <summary>Takes over a master; <see cref="Run"/> must follow.</summary>
    public PtyPump(SafeFileHandle master)
    {
        _master = master;
        if (ProcessNative.OpenPipe(blocking: false, out _wakeReader, out _wakeWriter) != 0)
        {
            throw new IOException($"cannot open a pipe: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>What the program printed; ends when the terminal was closed by everybody.</summary>
    public Stream Output => _pipe.Reader.AsStream();

    /// <summary>Starts the thread.</summary>
    public void Run() => new Thread(Pump) { IsBackground = true, Name = "pty" }.Start();

    /// <summary>Closes the terminal; what was not read yet is lost.</summary>
    public void Dispose()
    {
        _stop = true;
        _pipe.Reader.CancelPendingRead();
        Wake();
    }

    /// <summary>Types bytes on the terminal.</summary>
    /// <exception cref="IOException">The terminal is closed.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            while (!bytes.IsEmpty)
            {
                // Asked for before the attempt, so that room made between both is not missed.
                var writable = WhenWritable();
                var written = TryWrite(bytes.Span);
                bytes = bytes[written..];
                if (written == 0)
                {
                    Wake();
                    await writable.WaitAsync(cancellationToken);
                }
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    private Task WhenWritable()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            _writable ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _writable.Task;
        }
    }

    private unsafe int TryWrite(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            while (true)
            {
                var written = ProcessNative.Write(_master, start, (nuint)bytes.Length);
                if (written >= 0)
                {
                    return (int)written;
                }

                var error = Marshal.GetLastPInvokeError();
                if (error == ProcessNative.TryAgain)
                {
                    return 0;
                }

                if (error != ProcessNative.Interrupted)
                {
                    throw new IOException($"the program's terminal is closed: {Marshal.GetPInvokeErrorMessage(error)}");
                }
            }
        }
    }

    private unsafe void Wake()
    {
        byte signal = 0;
        lock (_gate)
        {
            if (!_ended)
            {
                _ = ProcessNative.Write(_wakeWriter, &signal, 1);
            }
        }
    }

    private unsafe void Pump()
    {
        var entries = stackalloc ProcessNative.PollEntry[2];
        var flush = default(Task<FlushResult>);
        while (!_stop)
        {
            if (flush is { IsCompleted: true })
            {
                flush = null;
            }

            bool writeWanted;
            lock (_gate)
            {
                writeWanted = _writable is not null;
            }

            var wanted = (short)((flush is null ? ProcessNative.PollIn : 0) | (writeWanted ? ProcessNative.PollOut : 0));

            // A negative descriptor is skipped: a hang-up is reported even when nothing is asked, and would spin here.
            entries[0] = new ProcessNative.PollEntry { Descriptor = wanted == 0 ? -1 : (int)_master.DangerousGetHandle(), Wanted = wanted };
            entries[1] = new ProcessNative.PollEntry { Descriptor = (int)_wakeReader.DangerousGetHandle(), Wanted = ProcessNative.PollIn };
            if (ProcessNative.Poll(entries, 2, -1) < 0 && Marshal.GetLastPInvokeError() != ProcessNative.Interrupted)
            {
                break;
            }

            if (entries[1].Happened != 0)
            {
                DrainWake();
            }

            var happened = entries[0].Happened;
            if ((happened & ~ProcessNative.PollIn) != 0)
            {
                Writable();
            }

            if (flush is null && (happened & ~ProcessNative.PollOut) != 0 && !ReadOnce(out flush))
            {
                break;
            }
        }

        End();
    }

    private unsafe void DrainWake()
    {
        var buffer = stackalloc byte[64];
        _ = ProcessNative.Read(_wakeReader, buffer, 64);
    }

    private void Writable()
    {
        lock (_gate)
        {
            _writable?.TrySetResult();
            _writable = null;
        }
    }

    // False at the end. A flush that does not complete at once means that enough is waiting to be read.
    private unsafe bool ReadOnce(out Task<FlushResult>? flush)
    {
        flush = null;
        nint count;
        var buffer = _pipe.Writer.GetSpan(16 * 1024);
        fixed (byte* start = buffer)
        {
            count = ProcessNative.Read(_master, start, (nuint)buffer.Length);
        }

        if (count < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == ProcessNative.TryAgain || error == ProcessNative.Interrupted;
        }

        if (count == 0)
        {
            return false;
        }

        _pipe.Writer.Advance((int)count);
        var pending = _pipe.Writer.FlushAsync(CancellationToken.None);
        if (!pending.IsCompleted)
        {
            flush = pending.AsTask();
            flush.ContinueWith(_ => Wake(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return true;
    }

    private void End()
    {
        lock (_gate)
        {
            _ended = true;
            _writable?.TrySetException(new IOException("the program's terminal is closed"));
            _writable = null;
            _wakeReader.Dispose();
            _wakeWriter.Dispose();
        }

        _pipe.Writer.Complete();
        _master.Dispose();
    }
}
