using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Sources.Containers;

/// <summary>
/// The agents' containers of docker or podman: which there are is told by the runtime's events, and what each does by the tmux in
/// it. Nothing is polled; only a runtime that is not there is looked for from time to time.
/// </summary>
internal sealed partial class ContainerSource : IAgentSource, IContainerLogs
{
    /// <summary>The longest first wait after the runtime was lost.</summary>
    internal static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);

    private readonly PodSourceSettings _settings;
    private readonly ContainerCli _cli;
    private readonly ContainerFeed _feed;
    private readonly ContainerPlace _place;
    private readonly SourceDepth _depth;
    private readonly TimeProvider _time;
    private readonly Func<double> _jitter;
    private readonly ILogger<ContainerSource> _logger;
    private readonly PodBook _book;
    private readonly PodFollowers _followers;
    private readonly Rechecks _rechecks;
    private readonly Backoff _backoff;
    private readonly ConcurrentDictionary<string, ContainerInfo> _known = new();
    private readonly ConcurrentDictionary<AgentId, bool> _reached = new();
    private readonly TaskCompletionSource _firstAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _wasLost;

    /// <summary>Prepares to watch; <see cref="RunAsync"/> begins.</summary>
    /// <param name="settings">What is declared, and how the containers are read.</param>
    /// <param name="selection">Which containers.</param>
    /// <param name="cli">The runtime.</param>
    /// <param name="here">Runs the runtime's program.</param>
    /// <param name="store">What is told.</param>
    /// <param name="depth">How far to look.</param>
    /// <param name="time">The clock.</param>
    /// <param name="jitter">Gives numbers from 0 to 1.</param>
    /// <param name="logger">The log.</param>
    public ContainerSource(
        PodSourceSettings settings,
        ContainerSelection selection,
        ContainerCli cli,
        IAgentTransport here,
        FleetStore store,
        SourceDepth depth,
        TimeProvider time,
        Func<double> jitter,
        ILogger<ContainerSource> logger)
    {
        (_settings, _cli, _depth, _time, _jitter, _logger) = (settings, cli, depth, time, jitter, logger);
        _feed = new ContainerFeed(cli, here, selection, time);
        _place = new ContainerPlace(cli, here, settings.Dialect, time);
        _book = new PodBook(settings, store, time);
        _followers = new PodFollowers(settings, _book, onlyOnce: depth == SourceDepth.LookOnce, time, jitter, warning => LogOdd(_logger, Name, warning));
        _rechecks = new Rechecks(time);
        _backoff = new Backoff(jitter, FirstRetry);
    }

    /// <inheritdoc/>
    public string Name => _settings.Spec.Name;

    /// <inheritdoc/>
    // Each is a process of the runtime's command line.
    public int StartsAtOnce => 4;

    /// <inheritdoc/>
    public bool MayStart => true;

    /// <inheritdoc/>
    public TimeSpan KillGrace { get; } = ContainerCli.StopGrace + TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public Task FirstAnswer => _firstAnswer.Task;

    /// <inheritdoc/>
    public void Declare(ImmutableArray<AgentSpec> agents) => _book.Declare(agents);

    /// <inheritdoc/>
    public void Fail(string error) => _book.Fail(error);

    /// <inheritdoc/>
    public IAgentSession? FindSession(AgentId agent) => _book.Find(agent)?.Handle;

    /// <inheritdoc/>
    public Task ReachAsync(AgentId agent, CancellationToken cancellationToken)
    {
        _reached[agent] = true;
        if (_depth != SourceDepth.ListOnly || _book.Find(agent) is not { } track)
        {
            return Task.CompletedTask;
        }

        Arrange(track);
        return _followers.FirstAnswer(track.Pod.Uid).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(_rechecks.RunAsync(ReadAgain, cancellationToken), FollowAsync(cancellationToken));

    /// <inheritdoc/>
    public async Task StartAsync(AgentId agent, CancellationToken cancellationToken)
    {
        _book.SetRequest(agent, PhaseRequest.None);
        _book.SetStart(agent, note => note with { Error = null });
        try
        {
            await StartContainerAsync(agent, cancellationToken);
        }
        catch (TransportException failure)
        {
            _book.SetStart(agent, note => note with { Error = failure.Message });
            throw;
        }
    }

    /// <inheritdoc/>
    public Task AnnounceStopAsync(AgentId agent, CancellationToken cancellationToken)
    {
        _book.SetRequest(agent, PhaseRequest.Stop);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WithdrawStopAsync(AgentId agent)
    {
        _book.SetRequest(agent, PhaseRequest.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task KillAsync(AgentId agent, CancellationToken cancellationToken)
    {
        if (_book.Find(agent) is not { } track)
        {
            return;
        }

        try
        {
            await _cli.StopAsync(track.Pod.Uid, cancellationToken);
        }
        catch (TransportException)
        {
            if (!(await _cli.InspectAsync([track.Pod.Uid], cancellationToken)).IsEmpty)
            {
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLogAsync(AgentId agent, LogQuery query, CancellationToken cancellationToken)
    {
        if (query.Previous)
        {
            throw new TransportException(TransportFault.Denied, "a container keeps one log over all its runs; the one before is part of it");
        }

        var pod = _book.Find(agent)?.Pod ?? throw new TransportException(TransportFault.Gone, $"{PlainText.Sanitize(agent.ToString())} has no container now");
        return query.Follow
            ? new PodLogFollower(_place, pod, _settings.Layout.Container, _time, _jitter).ReadAsync(query.Tail, cancellationToken)
            : PodLog.ReadAsync(_place, new PodContainer("", pod.Name, _settings.Layout.Container), new LogRequest(Follow: false, Previous: false, query.Tail), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _book.Close();
        _firstAnswer.TrySetResult();
        await _followers.DisposeAsync();
    }

    private async Task StartContainerAsync(AgentId agent, CancellationToken cancellationToken)
    {
        var track = _book.Find(agent)
            ?? throw new TransportException(TransportFault.Denied, "there is no container of its name; make one, and AgentDeck starts it: containers themselves are not made here");
        if (track.Reading.Judgement is { Phase: not AgentPhase.Running })
        {
            await _cli.StartAsync(track.Pod.Uid, cancellationToken);
            _reached[agent] = true;
            Take(await _cli.InspectAsync([track.Pod.Uid], cancellationToken));
            await _followers.FirstAnswer(track.Pod.Uid).WaitAsync(cancellationToken);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await _feed.RunAsync(follow: _depth != SourceDepth.LookOnce, TakeAll, Take, Remove, cancellationToken);
            }
            catch (TransportException failure)
            {
                var link = _backoff.IsFresh && _firstAnswer.Task.IsCompleted ? SourceLink.Stale : SourceLink.Unreachable;
                _wasLost = true;
                _book.SetLink(link, failure.Message);
                _firstAnswer.TrySetResult();
                var wait = _backoff.Next();
                LogLost(_logger, Name, link, failure.Message, wait);
                await Task.Delay(wait, _time, cancellationToken);
            }
        }
    }

    private void TakeAll(ImmutableArray<ContainerInfo> containers)
    {
        var tracks = containers.Select(Track).OfType<PodTrack>().ToList();
        foreach (var id in _book.SetPods(null, tracks))
        {
            Forget(id);
        }

        tracks.ForEach(Arrange);
        _book.SetLink(SourceLink.Live, null);
        _backoff.Reset();
        if (_wasLost)
        {
            // Streams were lost with the runtime, and their own waits have grown long by the time that it answers again.
            _wasLost = false;
            _followers.WakeAll();
        }

        _ = CompleteFirstAnswerAsync();
    }

    private async Task CompleteFirstAnswerAsync()
    {
        await _followers.FirstAnswers();
        _firstAnswer.TrySetResult();
    }

    private void Take(ImmutableArray<ContainerInfo> containers)
    {
        foreach (var container in containers)
        {
            var before = _book.FindPod(container.Id);
            if (Track(container) is not { } track)
            {
                Remove(container.Id);
                continue;
            }

            if (before is not null && before.Run != track.Run)
            {
                // Whatever was asked of the run before, this one was started by somebody who wants it.
                _book.SetRequest(before.Agent, PhaseRequest.None);
            }

            _book.SetPod(track);
            Arrange(track);
        }
    }

    private void Remove(string id)
    {
        _known.TryRemove(id, out _);
        _book.RemovePod(id);
        Forget(id);
    }

    private PodTrack? Track(ContainerInfo container)
    {
        _known[container.Id] = container;
        return ContainerPod.Track(container, _settings, _time.GetUtcNow());
    }

    private void Arrange(PodTrack track)
    {
        _rechecks.Set(track.Pod.Uid, track.Reading.CheckAgainAt);
        if (_depth != SourceDepth.ListOnly || _reached.ContainsKey(track.Agent))
        {
            _followers.Arrange(_place, track);
        }
    }

    private void Forget(string id)
    {
        _followers.End(id);
        _rechecks.Set(id, null);
    }

    private void ReadAgain(string id)
    {
        if (_known.TryGetValue(id, out var container))
        {
            Take([container]);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "source {Source} is {Link}: {Reason}; next try in {Wait}")]
    private static partial void LogLost(ILogger logger, string source, SourceLink link, string reason, TimeSpan wait);

    [LoggerMessage(Level = LogLevel.Warning, Message = "source {Source}: {Warning}")]
    private static partial void LogOdd(ILogger logger, string source, string warning);
}
