using System.Threading.Channels;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Terminal.Rendering;

namespace AgentDeck.Testing;

/// <summary>A terminal in memory: keeps a copy of the last frame, hands out what the test pushes. Safe for concurrent use.</summary>
internal sealed class FakeScreenHost(CellSize size, ColorDepth depth = ColorDepth.TrueColor) : IScreenHost
{
    private readonly Channel<TerminalEvent> _events = Channel.CreateUnbounded<TerminalEvent>();
    private readonly Lock _gate = new();
    private readonly List<string> _copied = [];
    private readonly List<(bool Bell, string? Text)> _alerts = [];
    private TaskCompletionSource _presented = NewSignal();
    private CellSize _size = size;
    private FakeTerminalLease? _lease;

    /// <summary>Something that a test can see changed; raised on any thread.</summary>
    public event Action? Changed;

    /// <inheritdoc/>
    public CellSize Size
    {
        get
        {
            lock (_gate)
            {
                return _size;
            }
        }
    }

    /// <inheritdoc/>
    public ColorDepth Depth => depth;

    /// <inheritdoc/>
    public ChannelReader<TerminalEvent> Events => _events.Reader;

    /// <summary>A copy of the last frame, or null before the first one.</summary>
    public ScreenBuffer? LastFrame { get; private set; }

    /// <summary>What came with the last frame.</summary>
    public ScreenState LastState { get; private set; }

    /// <summary>How many frames were presented.</summary>
    public int FrameCount { get; private set; }

    /// <summary>How often the program was suspended.</summary>
    public int Suspensions { get; private set; }

    /// <summary>Whether the host was disposed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Texts that were sent to the clipboard.</summary>
    public IReadOnlyList<string> Copied
    {
        get
        {
            lock (_gate)
            {
                return [.. _copied];
            }
        }
    }

    /// <summary>How the operator's attention was asked for, in order.</summary>
    public IReadOnlyList<(bool Bell, string? Text)> Alerts
    {
        get
        {
            lock (_gate)
            {
                return [.. _alerts];
            }
        }
    }

    /// <summary>The lease that is out, or null.</summary>
    public FakeTerminalLease? Lease
    {
        get
        {
            lock (_gate)
            {
                return _lease is { IsReturned: false } ? _lease : null;
            }
        }
    }

    /// <summary>Lets the terminal tell something.</summary>
    public void Push(TerminalEvent happened) => Assert(_events.Writer.TryWrite(happened));

    /// <summary>Presses keys, written as <see cref="KeyText"/> reads them.</summary>
    public void Press(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            Push(KeyText.TryParse(key, out var chord, out var error) ? new KeyPressed(chord) : throw new ArgumentException(error));
        }
    }

    /// <summary>Types characters, each as one key press.</summary>
    public void Type(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            Push(new KeyPressed(new KeyChord(Key.Character, rune, KeyModifiers.None)));
        }
    }

    /// <summary>Gives the terminal another size and tells it.</summary>
    public void Resize(CellSize size)
    {
        lock (_gate)
        {
            _size = size;
        }

        _lease?.Resize(size);
        Push(new Resized(size));
    }

    /// <summary>Ends the terminal, as a hang-up does.</summary>
    public void Close(string reason)
    {
        Push(new TerminalClosed(reason));
        _events.Writer.TryComplete();
    }

    /// <summary>Waits until a frame satisfies a condition; the one on screen counts.</summary>
    public async Task<ScreenBuffer> WaitForFrameAsync(Func<ScreenBuffer, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (LastFrame is { } frame && condition(frame))
                {
                    return frame;
                }

                next = _presented.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask PresentAsync(ScreenBuffer frame, ScreenState state, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var copy = new ScreenBuffer(frame.Size, frame.Tables);
        frame.Cells.CopyTo(copy.Cells);
        lock (_gate)
        {
            LastFrame = copy;
            LastState = state;
            FrameCount++;
            _presented.TrySetResult();
            _presented = NewSignal();
        }

        Changed?.Invoke();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CopyAsync(string text, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _copied.Add(text);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask AlertAsync(bool bell, string? text, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _alerts.Add((bell, text));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<ITerminalLease> LeaseAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Assert(_lease is null or { IsReturned: true });
            _lease = new FakeTerminalLease(_size);
            _lease.Changed += () => Changed?.Invoke();
        }

        Changed?.Invoke();
        return ValueTask.FromResult<ITerminalLease>(_lease);
    }

    /// <inheritdoc/>
    public ValueTask SuspendAsync(CancellationToken cancellationToken)
    {
        Suspensions++;
        Push(new TerminalResumed());
        Changed?.Invoke();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        _events.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Assert(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("the fake terminal was used in a way that a real one does not allow");
        }
    }
}
