using System.Buffers;
using System.Text;
using System.Threading.Channels;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Terminal.Rendering;

namespace AgentDeck.Tui.Terminal.Device;

/// <summary>The terminal that the program was started on. One at a time; frames are presented by one caller at a time.</summary>
internal sealed class ScreenHost : IScreenHost
{
    /// <summary>The longest text that is copied, in UTF-16 units; xterm and tmux drop longer sequences.</summary>
    public const int LongestCopy = 64 * 1024;

    private static readonly CellSize FallbackSize = new(80, 24);

    // A buffer of this size takes 32 MB; no terminal is larger, but a hostile one may say so.
    private static readonly CellSize LargestSize = new(2000, 1000);

    private readonly TerminalWriter _writer = new();
    private readonly TerminalReader _reader = new(TerminalNative.StandardInput);
    private readonly TerminalEventQueue _events = new();
    private readonly RestoreGuard _guard;
    private readonly InputPump _input;
    private readonly TerminalSignals _signals;
    private readonly Func<bool> _isInside;
    private readonly Lock _missedGate = new();
    private readonly SemaphoreSlim _frames = new(1, 1);
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private ScreenBuffer? _shown;
    private ScreenState? _shownState;
    private volatile bool _isStale = true;
    private volatile TerminalLease? _lease;
    private (bool Bell, string? Text) _missed;
    private CellSize _knownSize;
    private int _disposed;

    private ScreenHost(Termios termios, ColorDepth depth, TimeProvider timeProvider)
    {
        Depth = depth;
        _guard = new RestoreGuard(termios, _writer);
        _isInside = () => _guard.IsInside;
        _input = new InputPump(_reader, _events, timeProvider);
        _knownSize = Size;
        _signals = new TerminalSignals(OnEnded, OnResized, _guard.Leave, OnContinued, () => !_guard.IsLent);
    }

    /// <inheritdoc/>
    public CellSize Size
    {
        get
        {
            var size = TerminalNative.WindowSize(TerminalNative.StandardOutput);
            return new CellSize(
                size.Width == 0 ? FallbackSize.Width : Math.Min(size.Width, LargestSize.Width),
                size.Height == 0 ? FallbackSize.Height : Math.Min(size.Height, LargestSize.Height));
        }
    }

    /// <inheritdoc/>
    public ColorDepth Depth { get; }

    /// <inheritdoc/>
    public ChannelReader<TerminalEvent> Events => _events;

    /// <summary>Takes the terminal over: raw mode, alternate screen, and reading begins.</summary>
    /// <param name="variable">Looks up an environment variable.</param>
    /// <param name="timeProvider">The clock that tells a lone Escape from a sequence.</param>
    /// <exception cref="NoTerminalException">Standard input or output is no terminal, or it cannot show a screen.</exception>
    public static ScreenHost Open(Func<string, string?> variable, TimeProvider timeProvider)
    {
        if (TerminalNative.IsTerminal(TerminalNative.StandardOutput) == 0)
        {
            throw new NoTerminalException("standard output is no terminal; run the deck in one, or print the fleet with: agentdeck --once");
        }

        if (Termios.Read(TerminalNative.StandardInput) is not { } termios)
        {
            throw new NoTerminalException("standard input is no terminal; run the deck in one, or print the fleet with: agentdeck --once");
        }

        if (variable("TERM") is null or "" or "dumb")
        {
            throw new NoTerminalException(
                $"TERM is '{variable("TERM")}': such a terminal shows no screen; set TERM (for example xterm-256color), or use: agentdeck --once");
        }

        var host = new ScreenHost(termios, ColorDepthDetection.Detect(variable), timeProvider);
        host._guard.Enter();
        host._reader.Run();
        host._input.Start();
        return host;
    }

    /// <inheritdoc/>
    public async ValueTask PresentAsync(ScreenBuffer frame, ScreenState state, CancellationToken cancellationToken)
    {
        await _frames.WaitAsync(cancellationToken);
        try
        {
            await PaintAsync(frame, state);
        }
        finally
        {
            _frames.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask CopyAsync(string text, CancellationToken cancellationToken)
    {
        var length = Math.Min(text.Length, LongestCopy);
        length -= length < text.Length && char.IsHighSurrogate(text[length - 1]) ? 1 : 0;
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(text[..length]));
        await _writer.WriteAsync(Encoding.ASCII.GetBytes($"\e]52;c;{encoded}\a"), _isInside, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask AlertAsync(bool bell, string? text, CancellationToken cancellationToken)
    {
        if (!await _writer.WriteAsync(TerminalAlert.Encode(bell, text), _isInside, cancellationToken))
        {
            lock (_missedGate)
            {
                _missed = (_missed.Bell || bell, text ?? _missed.Text);
            }

            if (_guard.IsInside)
            {
                // It came back in between.
                await CatchUpAsync();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ITerminalLease> LeaseAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _input.StopAsync();
        var lease = new TerminalLease(this, _reader, _writer, () => _guard.IsLent);
        _guard.Lend();
        _lease = lease;
        return lease;
    }

    /// <summary>Ends a lease: the terminal is ours again and shows the last frame.</summary>
    public async ValueTask ReclaimAsync()
    {
        _lease = null;
        _guard.Reclaim();
        _input.Start();
        await RepaintAsync();
        await CatchUpAsync();
        OnResized();
    }

    /// <inheritdoc/>
    public ValueTask SuspendAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TerminalSignals.RequestStop();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _input.DisposeAsync();
        _guard.Dispose();
        _signals.Dispose();
        _reader.Dispose();
        _writer.Dispose();
        _events.Complete();
    }

    // A frame that cannot be shown now is kept: it is what the screen shows once it is ours again.
    private async ValueTask PaintAsync(ScreenBuffer frame, ScreenState state)
    {
        var isInside = _guard.IsInside;
        var isStale = _isStale;
        _isStale = !isInside;
        _output.ResetWrittenCount();
        if (isInside)
        {
            ScreenDiff.Encode(isStale ? null : _shown, frame, isStale ? null : _shownState, state, Depth, _output);
        }

        Keep(frame, state);
        if (_output.WrittenCount > 0 && !await _writer.WriteAsync(_output.WrittenMemory, _isInside, CancellationToken.None))
        {
            _isStale = true;
            if (_writer.IsClosed)
            {
                _events.Publish(new TerminalClosed("the terminal was closed"));
            }
        }
    }

    private void Keep(ScreenBuffer frame, ScreenState state)
    {
        if (ReferenceEquals(_shown, frame))
        {
            return;
        }

        if (_shown is null || _shown.Size != frame.Size || !ReferenceEquals(_shown.Tables, frame.Tables))
        {
            _shown = new ScreenBuffer(frame.Size, frame.Tables);
        }

        frame.Cells.CopyTo(_shown.Cells);
        _shownState = state;
    }

    private async ValueTask CatchUpAsync()
    {
        (bool Bell, string? Text) missed;
        lock (_missedGate)
        {
            (missed, _missed) = (_missed, default);
        }

        if (missed != default)
        {
            await _writer.WriteAsync(TerminalAlert.Encode(missed.Bell, missed.Text), _isInside, CancellationToken.None);
        }
    }

    private async ValueTask RepaintAsync()
    {
        await _frames.WaitAsync(CancellationToken.None);
        try
        {
            _isStale = true;
            if (_shown is { } frame && _shownState is { } state)
            {
                await PaintAsync(frame, state);
            }
        }
        finally
        {
            _frames.Release();
        }
    }

    private void OnEnded(string signal)
    {
        _guard.Dispose();

        // A write that the terminal does not take must not keep the program from ending.
        _writer.Abandon();
        _events.Publish(new TerminalClosed(signal));

        // Whoever has the lease sees the end of its input.
        _reader.Dispose();
    }

    private void OnResized()
    {
        var size = Size;
        if (size != _knownSize)
        {
            _knownSize = size;
            _lease?.Resize(size);
            _events.Publish(new Resized(size));
        }
    }

    private void OnContinued()
    {
        _guard.Enter();
        _isStale = true;
        OnResized();
        _events.Publish(new TerminalResumed());
    }
}
