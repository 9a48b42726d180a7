using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Terminal.Device;

/// <summary>Carries bytes from the reader through the parser into the queue, and tells the parser when the terminal falls silent.</summary>
internal sealed class InputPump : IAsyncDisposable
{
    /// <summary>How long after a lone Escape the rest of a sequence may come.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(30);

    private readonly TerminalReader _reader;
    private readonly TerminalEventQueue _events;
    private readonly VtInputParser _parser;
    private readonly ITimer _silence;
    private readonly Lock _parsing = new();
    private CancellationTokenSource? _stop;
    private Task _pumping = Task.CompletedTask;

    /// <summary>Prepares; <see cref="Start"/> must follow.</summary>
    public InputPump(TerminalReader reader, TerminalEventQueue events, TimeProvider timeProvider)
    {
        _reader = reader;
        _events = events;
        _parser = new VtInputParser(events.Publish);
        _silence = timeProvider.CreateTimer(_ => FallSilent(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts to read.</summary>
    public void Start()
    {
        _stop = new CancellationTokenSource();
        _pumping = PumpAsync(_stop.Token);
    }

    /// <summary>Stops to read; afterwards no byte is taken from the terminal. Does nothing when it does not read.</summary>
    public async ValueTask StopAsync()
    {
        if (_stop is { } stop)
        {
            _stop = null;
            await stop.CancelAsync();
            await _pumping;
            stop.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _silence.DisposeAsync();
    }

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        try
        {
            while (await _reader.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                lock (_parsing)
                {
                    _parser.Feed(buffer.AsSpan(0, count));
                    WatchSilenceNeedsLock();
                }
            }

            _events.Publish(new TerminalClosed("the terminal was closed"));
        }
        catch (OperationCanceledException)
        {
            // Somebody else reads now.
        }
    }

    private void FallSilent()
    {
        lock (_parsing)
        {
            _parser.Flush();
            WatchSilenceNeedsLock();
        }
    }

    private void WatchSilenceNeedsLock() =>
        _silence.Change(_parser.HasPartialSequence ? Silence : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
