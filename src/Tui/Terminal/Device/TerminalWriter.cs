using System.Runtime.InteropServices;

namespace AgentDeck.Tui.Terminal.Device;

/// <summary>Writes to the terminal: whole, in order, without ever blocking its caller on a terminal that does not keep up.</summary>
internal sealed class TerminalWriter : IDisposable
{
    // How long one wait on a terminal that takes nothing lasts before it is asked again whether to go on.
    private const int PollMilliseconds = 100;

    // How long the last words may take: a stuck terminal must not keep the program from ending.
    private const int LastWordsPolls = 10;

    private readonly int _descriptor;
    private readonly bool _ownsDescriptor;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile bool _closed;

    /// <summary>Opens the terminal for writing; falls back to standard output, whose writes may block.</summary>
    public TerminalWriter()
        : this(TerminalNative.OpenForWriting())
    {
    }

    /// <summary>Writes to a non-blocking descriptor, which is closed at the end; when it is negative, to standard output.</summary>
    public TerminalWriter(int own)
    {
        _ownsDescriptor = own >= 0;
        _descriptor = _ownsDescriptor ? own : TerminalNative.StandardOutput;
    }

    /// <summary>Whether the terminal went away, or this was disposed.</summary>
    public bool IsClosed => _closed;

    /// <summary>
    /// Writes bytes if <paramref name="isAllowed"/> still says so when it is their turn; false when nothing was written. A write
    /// that began is finished, so that no sequence is torn.
    /// </summary>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes, Func<bool> isAllowed, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!isAllowed())
            {
                return false;
            }

            while (!bytes.IsEmpty && !_closed)
            {
                var written = TryWrite(bytes.Span);
                bytes = bytes[written..];
                if (written == 0 && !_closed)
                {
                    await Task.Run(WaitForRoom, CancellationToken.None);
                }
            }

            return !_closed;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the write under way and refuses later ones: after the restore they would land on somebody else's screen.</summary>
    public void Abandon() => _closed = true;

    /// <summary>
    /// Writes the last words from wherever the program ends: waits for a write under way and for the terminal, but neither for long.
    /// </summary>
    public void WriteNow(ReadOnlySpan<byte> bytes)
    {
        var hasTurn = _turn.Wait(PollMilliseconds);
        for (var poll = 0; !bytes.IsEmpty && !_closed && poll < LastWordsPolls;)
        {
            var written = TryWrite(bytes);
            bytes = bytes[written..];
            if (written == 0)
            {
                WaitForRoom();
                poll++;
            }
        }

        if (hasTurn)
        {
            _turn.Release();
        }
    }

    /// <summary>Ends a write that waits for the terminal and drops all later ones.</summary>
    public void Dispose()
    {
        _closed = true;
        if (_ownsDescriptor && _turn.Wait(2 * PollMilliseconds))
        {
            _ = TerminalNative.Close(_descriptor);
            _turn.Release();
        }
    }

    private unsafe int TryWrite(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var written = TerminalNative.Write(_descriptor, start, (nuint)bytes.Length);
            if (written >= 0)
            {
                return (int)written;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error != TerminalNative.TryAgain && error != TerminalNative.Interrupted)
            {
                _closed = true;
            }

            return 0;
        }
    }

    private unsafe void WaitForRoom()
    {
        var entry = new TerminalNative.PollEntry { Descriptor = _descriptor, Wanted = TerminalNative.PollOut };
        _ = TerminalNative.Poll(&entry, 1, PollMilliseconds);
    }
}
