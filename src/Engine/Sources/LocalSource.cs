using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Tmux;
using AgentDeck.Engine.Transports;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Sources;

/// <summary>
/// The sessions of one tmux server on this machine, followed over one control-mode stream: their coming and going and their
/// activity are pushed, and a screen is looked at when it fell quiet. Nothing is polled, unless tmux is too old for a stream.
/// </summary>
internal sealed partial class LocalSource : IAgentSource
{
    private const string OperatorsOwn = "default";

    /// <summary>The longest first wait after a link that was lost.</summary>
    internal static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest first wait between two lists of a server that is too old for a stream.</summary>
    internal static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(10);

    // A session that ends may be the one that the stream is attached to: then another is attached to, after this breath.
    private static readonly TimeSpan BeforeReattach = TimeSpan.FromMilliseconds(20);

    private readonly LocalSourceSpec _spec;
    private readonly TmuxAddress _address;
    private readonly IAgentTransport _transport;
    private readonly SessionBook _book;
    private readonly ICommandRunner _runner;
    private readonly LocalLifecycle _lifecycle;
    private readonly TimeProvider _time;
    private readonly string _socketPath;
    private readonly Backoff _backoff;
    private readonly Backoff _startingUp;
    private readonly ILogger<LocalSource> _logger;
    private readonly TaskCompletionSource _firstAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _listing = new(1, 1);
    private readonly LocalEye _eye;
    private readonly Backoff _interval;
    private readonly Pulse _look = new();
    private bool _isEmpty;
    private bool _isTooOld;
    private volatile ITmuxClient? _client;
    private volatile SocketWatch? _socket;

    /// <summary>Prepares to follow a server; <see cref="RunAsync"/> begins.</summary>
    public LocalSource(
        LocalSourceSpec spec,
        FleetStore store,
        Func<AgentId, PhaseJudgement?> recall,
        IAgentTransport transport,
        ICommandRunner runner,
        DetectionInForce detection,
        TimeProvider time,
        Func<double> jitter,
        ILogger<LocalSource> logger)
    {
        _spec = spec;
        _transport = transport;
        _runner = runner;
        _time = time;
        _socketPath = SocketPath.Of(spec.SocketName);
        _address = new TmuxAddress(spec.SocketName) { Turns = new LocalTurns(_socketPath, time) };
        _backoff = new Backoff(jitter, FirstRetry);
        _startingUp = new Backoff(jitter, BeforeReattach);
        _interval = new Backoff(jitter, FirstInterval);
        _logger = logger;
        _book = new SessionBook(spec.Name, "local", $"tmux -L {spec.SocketName}", store, recall, detection, time);
        _lifecycle = new LocalLifecycle(_book, _address, _socketPath, runner, store, () => _client, RefreshAsync, time);
        _eye = new LocalEye(spec.Name, MayStart, _book, new LocalReach(_address, transport, runner, () => _client, detection, time), _listing, time);
    }

    /// <inheritdoc/>
    public string Name => _spec.Name;

    /// <inheritdoc/>
    // More would only wait for each other's turns at the same server.
    public int StartsAtOnce => 4;

    /// <inheritdoc/>
    public bool MayStart => _spec.SocketName != OperatorsOwn;

    /// <inheritdoc/>
    public TimeSpan KillGrace { get; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Task FirstAnswer => _firstAnswer.Task;

    /// <inheritdoc/>
    public void Declare(ImmutableArray<AgentSpec> agents)
    {
        _book.Declare(agents, MayStart ? null : WhyNoStart);
        if (_book.AskAnew())
        {
            _look.Set();
        }
    }

    /// <inheritdoc/>
    public void Fail(string error) => _book.Fail(error);

    /// <inheritdoc/>
    public IAgentSession? FindSession(AgentId agent) => _book.Find(agent.Name)?.Handle;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Watched before it is asked for: a server that starts in between is seen by one or the other.
            using var socket = new SocketWatch(_socketPath);
            _socket = socket;
            try
            {
                if (_isEmpty)
                {
                    // Whoever starts that server is about to make its first session: no moment to attach, see ITmuxTurns.
                    await TmuxSessionList.RequireAnyAsync(_runner, _address, cancellationToken);
                }

                if (_isTooOld)
                {
                    await PollAsync(new TmuxOneShot(_runner, _address), cancellationToken);
                }

                await using var link = await TmuxLink.OpenAsync(_transport, _address, null, _time, cancellationToken);
                await FollowAsync(link, cancellationToken);
                await Task.Delay(BeforeReattach, _time, cancellationToken);
            }
            catch (TmuxException failure)
            {
                await RecoverAsync(failure, socket, cancellationToken);
            }
            finally
            {
                _socket = null;
            }
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(AgentId agent, CancellationToken cancellationToken) => MayStart
        ? _lifecycle.StartAsync(agent, cancellationToken)
        : throw new TransportException(TransportFault.Denied, WhyNoStart);

    /// <inheritdoc/>
    public Task AnnounceStopAsync(AgentId agent, CancellationToken cancellationToken) =>
        TranslateAsync(_lifecycle.AnnounceStopAsync(agent, cancellationToken));

    /// <inheritdoc/>
    public Task WithdrawStopAsync(AgentId agent) => _lifecycle.WithdrawStopAsync(agent);

    /// <inheritdoc/>
    public Task KillAsync(AgentId agent, CancellationToken cancellationToken) => TranslateAsync(_lifecycle.KillAsync(agent, cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _book.Close();
        _firstAnswer.TrySetResult();
        return ValueTask.CompletedTask;
    }

    private string WhyNoStart => $"source {Name} watches the operator's own tmux server, in which nothing is started; give the source a socket of its own";

    private static async Task TranslateAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (TmuxException failure)
        {
            throw TmuxFailures.ToTransport(failure);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_client is { } client)
        {
            await _eye.ListAsync(client, cancellationToken);
            _look.Set();
        }
        else
        {
            _socket?.Poke();
        }
    }

    private async Task RecoverAsync(TmuxException failure, SocketWatch socket, CancellationToken cancellationToken)
    {
        _isEmpty = failure.Fault is TmuxFault.ServerGone or TmuxFault.NoSessions;
        if (_isEmpty)
        {
            _backoff.Reset();
            _book.SetEmpty();
            _firstAnswer.TrySetResult();
            LogEmpty(_logger, Name);
            _isTooOld = false;
            await WaitForServerAsync(failure, socket, cancellationToken);
            return;
        }

        if (failure.Fault == TmuxFault.TooOld && !_isTooOld)
        {
            _isTooOld = true;
            return;
        }

        var link = failure.Fault switch
        {
            TmuxFault.Denied => SourceLink.Denied,
            TmuxFault.Cut when _backoff.IsFresh && _firstAnswer.Task.IsCompleted => SourceLink.Stale,
            _ => SourceLink.Unreachable,
        };
        _book.SetLink(link, TmuxFailures.Explain(failure));
        _firstAnswer.TrySetResult();
        var wait = _backoff.Next();
        LogLost(_logger, Name, link, failure.Message, wait);
        await Task.Delay(wait, _time, cancellationToken);
    }

    // A server makes its socket before it listens there, and has its first session later still: nothing tells of either.
    private async Task WaitForServerAsync(TmuxException failure, SocketWatch socket, CancellationToken cancellationToken)
    {
        var mayBeStarting = failure.Fault == TmuxFault.NoSessions || File.Exists(_socketPath);
        if (await socket.WaitAsync(mayBeStarting ? _startingUp.Next() : SocketWatch.SlowCheck, _time, cancellationToken))
        {
            _startingUp.Reset();
        }
    }

    private async Task FollowAsync(TmuxLink link, CancellationToken cancellationToken)
    {
        await TmuxActivitySubscription.StartAsync(link, cancellationToken);
        _book.SetOrigin($"tmux -L {_spec.SocketName}");
        await _eye.ListAsync(link, cancellationToken);
        SetLive(link);
        LogLive(_logger, Name, link.Version);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listening = ListenAsync(link, ended.Token);
        var looking = LookAsync(link, ended.Token);
        try
        {
            await await Task.WhenAny(listening, looking);
        }
        finally
        {
            _client = null;
            await ended.CancelAsync();
            await Task.WhenAll(listening, looking).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        var end = await link.Completion.WaitAsync(cancellationToken);
        if (end.Cause is TmuxLinkEndCause.ServerGone or TmuxLinkEndCause.Cut)
        {
            throw new TmuxException(end.Cause == TmuxLinkEndCause.Cut ? TmuxFault.Cut : TmuxFault.ServerGone, $"tmux on {_address}: {PlainText.Sanitize(end.Reason)}");
        }
    }

    private void SetLive(ITmuxClient client)
    {
        _client = client;
        _backoff.Reset();
        _startingUp.Reset();
    }

    // Ends only by failure or cancellation.
    private async Task PollAsync(TmuxOneShot client, CancellationToken cancellationToken)
    {
        _book.SetOrigin($"tmux -L {_spec.SocketName} (older than {TmuxVersion.OldestForLinks}: looked at every 10 to 30 s)");
        _interval.Reset();
        DateTimeOffset? listDue = null;
        try
        {
            while (true)
            {
                if (!(listDue > _time.GetUtcNow()))
                {
                    if (await _eye.ListAsync(client, cancellationToken))
                    {
                        _interval.Reset();
                    }

                    SetLive(client);
                    listDue = _time.GetUtcNow() + _interval.Next();
                }

                await _eye.LookAsync(client, cancellationToken);
                _firstAnswer.TrySetResult();
                await WaitForLookAsync(listDue, cancellationToken);
            }
        }
        finally
        {
            _client = null;
        }
    }

    private async Task ListenAsync(TmuxLink link, CancellationToken cancellationToken)
    {
        await foreach (var notification in link.ReadNotificationsAsync(cancellationToken))
        {
            switch (notification)
            {
                case TmuxNotification.SubscriptionChanged { Name: TmuxActivitySubscription.Name } pushed:
                    if (_book.Push(TmuxActivitySubscription.Parse(pushed.Value)))
                    {
                        await _eye.ListAsync(link, cancellationToken);
                    }

                    _look.Set();
                    break;
                case TmuxNotification.SessionsChanged or TmuxNotification.SessionRenamed or TmuxNotification.SessionWindowChanged
                    or TmuxNotification.WindowPaneChanged or TmuxNotification.LayoutChanged:
                    await _eye.ListAsync(link, cancellationToken);
                    _look.Set();
                    break;
            }
        }
    }

    private async Task LookAsync(TmuxLink link, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _eye.LookAsync(link, cancellationToken);
            _firstAnswer.TrySetResult();
            await WaitForLookAsync(null, cancellationToken);
        }
    }

    // Until the next look is due, or this time, whichever is first.
    private async Task WaitForLookAsync(DateTimeOffset? listDue, CancellationToken cancellationToken)
    {
        var next = _book.NextLook is { } look && !(listDue < look) ? look : listDue;
        var wait = next - _time.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        using var due = new CancellationTokenSource(wait ?? Timeout.InfiniteTimeSpan, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, due.Token);
        try
        {
            await _look.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "source {Source} is live, tmux {Version}")]
    private static partial void LogLive(ILogger logger, string source, TmuxVersion version);

    [LoggerMessage(Level = LogLevel.Information, Message = "source {Source}: no tmux server runs; waiting for one")]
    private static partial void LogEmpty(ILogger logger, string source);

    [LoggerMessage(Level = LogLevel.Warning, Message = "source {Source} is {Link}: {Reason}; next try in {Wait}")]
    private static partial void LogLost(ILogger logger, string source, SourceLink link, string reason, TimeSpan wait);
}
