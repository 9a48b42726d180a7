using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Panes;

/// <summary>
/// Keeps the capture of one agent on screen current, through lost links and new sessions. While the agent is off the screen
/// it does not pull, which makes its stream silent.
/// </summary>
internal sealed class PaneWatcher(AgentId agent, SourceRegistry sources, PaneCache cache, Action<AgentId> changed, TimeProvider time)
{
    /// <summary>How long to leave a session alone whose stream ended.</summary>
    internal static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Pulse _wake = new();
    private readonly Lock _gate = new();
    private IAgentSession? _session;
    private IPaneWatch? _watch;
    private CancellationTokenSource? _watching;
    private volatile bool _isVisible = true;

    /// <summary>Whether the pane is on screen.</summary>
    public bool IsVisible
    {
        get => _isVisible;
        set
        {
            _isVisible = value;
            _wake.Set();
        }
    }

    /// <summary>Says that the pane shows something else now, without output that would tell.</summary>
    public void MarkDirty()
    {
        lock (_gate)
        {
            _watch?.MarkDirty();
        }
    }

    /// <summary>Says that the agent may have another session than before, or one at all.</summary>
    public void LookAgain()
    {
        lock (_gate)
        {
            if (_watching is not null && !ReferenceEquals(FindSession(), _session))
            {
                _watching.Cancel();
            }
        }

        _wake.Set();
    }

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (FindSession() is not { } session)
            {
                await _wake.WaitAsync(cancellationToken);
                continue;
            }

            using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            try
            {
                Enter(session, watching);
                await WatchAsync(session, watching.Token);
            }
            catch (TransportException)
            {
                // The source tells the operator what is wrong; here it only means that there is nothing to capture for now.
                await Task.Delay(RetryDelay, time, cancellationToken);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The agent has another session now.
            }
            finally
            {
                Enter(null, null);
            }
        }
    }

    private IAgentSession? FindSession() => sources.SourceOf(agent)?.FindSession(agent);

    private void Enter(IAgentSession? session, CancellationTokenSource? watching)
    {
        lock (_gate)
        {
            _session = session;
            _watching = watching;
        }
    }

    private async Task WatchAsync(IAgentSession session, CancellationToken cancellationToken)
    {
        // The link that is open already shows the pane before a stream of its own is up.
        Keep(await session.CaptureAsync(historyLines: 0, cancellationToken));
        await using var watch = await session.WatchAsync(cancellationToken);
        SetWatch(watch);
        try
        {
            await foreach (var capture in watch.ReadAsync(cancellationToken))
            {
                Keep(capture);
                while (!_isVisible)
                {
                    await _wake.WaitAsync(cancellationToken);
                }
            }
        }
        finally
        {
            SetWatch(null);
        }
    }

    private void SetWatch(IPaneWatch? watch)
    {
        lock (_gate)
        {
            _watch = watch;
        }
    }

    private void Keep(PaneCapture capture)
    {
        if (cache.Put(capture))
        {
            changed(agent);
        }
    }
}
