using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Panes;

/// <summary>
/// Keeps the capture of one agent on screen current. Output only marks the pane; a marked pane is captured with at most one
/// capture under way and at most 30 a second, so that panes take turns on the link they share.
/// </summary>
internal sealed class PaneWatcher(AgentId agent, SourceRegistry sources, PaneCache cache, Action<AgentId> changed, TimeProvider time)
{
    /// <summary>The time from the start of one capture to the start of the next.</summary>
    internal static readonly TimeSpan CaptureInterval = TimeSpan.FromMilliseconds(33);

    /// <summary>How long to leave a session alone that could not be watched.</summary>
    internal static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Pulse _wake = new();
    private volatile bool _isDirty = true;
    private volatile bool _isVisible = true;

    /// <summary>Whether the pane is on screen; captures rest while it is not. Becoming visible captures at once.</summary>
    public bool IsVisible
    {
        get => _isVisible;
        set
        {
            var appears = value && !_isVisible;
            _isVisible = value;
            if (appears)
            {
                MarkDirty();
            }
        }
    }

    /// <summary>Says that the pane shows something else now.</summary>
    public void MarkDirty()
    {
        _isDirty = true;
        _wake.Set();
    }

    /// <summary>Says that the agent may have got a session; looks again if it had none.</summary>
    public void LookAgain() => _wake.Set();

    /// <summary>Watches until cancelled, through lost links and new sessions.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (sources.SourceOf(agent)?.FindSession(agent) is not { } session)
            {
                await _wake.WaitAsync(cancellationToken);
                continue;
            }

            try
            {
                await WatchAsync(session, cancellationToken);
            }
            catch (TransportException)
            {
                // The source tells the operator what is wrong with the link; here it only means that there is nothing to capture.
            }

            await Task.Delay(RetryDelay, time, cancellationToken);
        }
    }

    private async Task WatchAsync(IAgentSession session, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var capturing = CaptureWhenDirtyAsync(session, ended.Token);
        var watching = session.WatchAsync(MarkDirty, ended.Token);
        var first = await Task.WhenAny(capturing, watching);
        await ended.CancelAsync();
        try
        {
            await Task.WhenAll(capturing, watching);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await first;
        }
    }

    private async Task CaptureWhenDirtyAsync(IAgentSession session, CancellationToken cancellationToken)
    {
        _isDirty = true;
        while (true)
        {
            if (!_isDirty || !_isVisible)
            {
                await _wake.WaitAsync(cancellationToken);
                continue;
            }

            _isDirty = false;
            var started = time.GetTimestamp();
            if (cache.Put(await session.CaptureAsync(historyLines: 0, cancellationToken)))
            {
                changed(agent);
            }

            var rest = CaptureInterval - time.GetElapsedTime(started);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time, cancellationToken);
            }
        }
    }
}
