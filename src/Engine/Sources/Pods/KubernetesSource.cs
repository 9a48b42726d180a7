using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Kubernetes.Watching;
using AgentDeck.Engine.Sources.Pods.Starting;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// The agents' pods of one cluster: which there are is watched, and what each does is told by the tmux in it. Nothing is
/// polled where a stream will do.
/// </summary>
internal sealed partial class KubernetesSource : IAgentSource, IContainerLogs
{
    /// <summary>How long a pod may take to end after it was asked to, before it is killed: Gas City's own.</summary>
    internal static readonly TimeSpan DeletionGrace = TimeSpan.FromSeconds(5);

    private readonly PodSourceSettings _settings;
    private readonly KubernetesSourceSpec _cluster;
    private readonly Func<IKubernetesApi> _open;
    private readonly FleetStore _store;
    private readonly SourceDepth _depth;
    private readonly TimeProvider _time;
    private readonly Func<double> _jitter;
    private readonly ILogger<KubernetesSource> _logger;
    private readonly PodBook _book;
    private readonly PodFollowers _followers;
    private readonly Rechecks _rechecks;
    private readonly HashSet<string> _warned = [];
    private readonly ConcurrentDictionary<AgentId, bool> _reached = new();
    private readonly TaskCompletionSource _firstAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _wasLost;
    private string? _lossNoted;
    private volatile IKubernetesApi? _api;

    /// <summary>Prepares to watch; <see cref="RunAsync"/> begins.</summary>
    /// <param name="settings">Where and what.</param>
    /// <param name="open">Opens the cluster; reads the kubeconfig, so it may fail.</param>
    /// <param name="store">What is told.</param>
    /// <param name="depth">How far to look.</param>
    /// <param name="time">The clock.</param>
    /// <param name="jitter">Gives numbers from 0 to 1.</param>
    /// <param name="logger">The log.</param>
    public KubernetesSource(
        PodSourceSettings settings, Func<IKubernetesApi> open, FleetStore store, SourceDepth depth, TimeProvider time, Func<double> jitter, ILogger<KubernetesSource> logger)
    {
        _cluster = settings.Cluster ?? throw new ArgumentException("not of pods in a cluster", nameof(settings));
        (_settings, _open, _store, _depth, _time, _jitter, _logger) = (settings, open, store, depth, time, jitter, logger);
        _book = new PodBook(settings, store, time);
        _followers = new PodFollowers(settings, _book, onlyOnce: depth == SourceDepth.LookOnce, time, jitter, Warn);
        _rechecks = new Rechecks(time);
    }

    /// <inheritdoc/>
    public string Name => _settings.Spec.Name;

    /// <inheritdoc/>
    public bool MayStart => PodAccess.CanStart(_settings.Dialect);

    /// <inheritdoc/>
    // A start is mostly waiting, for its node and then for its session to have lived some seconds.
    public int StartsAtOnce => 16;

    /// <inheritdoc/>
    // A kubelet lets go of a pod when its containers are removed, which can wait for a round that it makes once a minute.
    public TimeSpan KillGrace { get; } = DeletionGrace + TimeSpan.FromSeconds(85);

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
        if (_depth != SourceDepth.ListOnly || _api is not { } api || _book.Find(agent) is not { } track)
        {
            return Task.CompletedTask;
        }

        Arrange(api, track);
        return _followers.FirstAnswer(track.Pod.Uid).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var api = await OpenAsync(cancellationToken);
        string?[] namespaces = _cluster.AllNamespaces ? [null]
            : _cluster.Namespaces.IsEmpty ? [api.Namespace]
            : [.. _cluster.Namespaces];
        await Task.WhenAll(
            _rechecks.RunAsync(ReadAgain, cancellationToken),
            LearnAccessAsync(api, namespaces[0], cancellationToken),
            FollowAsync(api, namespaces, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task StartAsync(AgentId agent, CancellationToken cancellationToken)
    {
        var api = _api ?? throw new TransportException(TransportFault.Unreachable, "its cluster was not reached yet");
        if (_settings.Dialect is AmbientDialect)
        {
            await Requests(api).StartAsync(agent, cancellationToken);
            return;
        }

        if (_settings.Dialect is not GasCityDialect)
        {
            throw new TransportException(TransportFault.Denied, PodAccess.WhyNoStart);
        }

        var spec = _store.Current.Agents.GetValueOrDefault(agent)?.Spec
            ?? throw new TransportException(TransportFault.Denied, "it is not declared in agents.toml, so there is nothing to start");
        var place = agent.Scope.Length > 0 ? agent.Scope : _cluster.Namespaces is [var first, ..] ? first : api.Namespace;
        _book.SetRequest(agent, PhaseRequest.None);
        await new PodStart(api, _settings, _book, _store, track => _followers.AskAgain(PlaceOf(api), track), _time).RunAsync(agent, spec with { Pod = spec.Pod ?? new PodDeclaration() }, place, cancellationToken);
    }

    /// <inheritdoc/>
    public Task AnnounceStopAsync(AgentId agent, CancellationToken cancellationToken)
    {
        _book.SetRequest(agent, PhaseRequest.Stop);
        _book.SetStart(agent, note => note with { Error = null });
        return _api is { } api ? Stops(api).AnnounceAsync(agent, cancellationToken) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WithdrawStopAsync(AgentId agent)
    {
        _book.SetRequest(agent, PhaseRequest.None);
        return _api is { } api ? Stops(api).WithdrawAsync(agent) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task KillAsync(AgentId agent, CancellationToken cancellationToken) => _api is { } api ? Stops(api).KillAsync(agent, cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLogAsync(AgentId agent, LogQuery query, CancellationToken cancellationToken) =>
        _book.Find(agent)?.Pod is { } pod && _api is { } api
            ? query is { Follow: true, Previous: false }
                ? new PodLogFollower(PlaceOf(api), pod, _settings.Layout.Container, _time, _jitter).ReadAsync(query.Tail, cancellationToken)
                : PodLog.ReadAsync(PlaceOf(api), new PodContainer(pod.Namespace, pod.Name, _settings.Layout.Container), new LogRequest(query.Follow, query.Previous, query.Tail), cancellationToken)
            : throw new TransportException(TransportFault.Gone, $"{PlainText.Sanitize(agent.ToString())} has no pod now");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _book.Close();
        _firstAnswer.TrySetResult();
        await _followers.DisposeAsync();
        if (_api is { } api)
        {
            await api.DisposeAsync();
        }
    }

    private KubernetesPlace PlaceOf(IKubernetesApi api) => new(api, _settings.Layout.Container, _time);

    private PodStops Stops(IKubernetesApi api) => new(api, _settings.Dialect, _book, Requests(api), _time, _jitter);

    private AmbientRequests Requests(IKubernetesApi api) => new(api, _book, _store, _time);

    // A kubeconfig that cannot be used may be mended while the deck runs.
    private async Task<IKubernetesApi> OpenAsync(CancellationToken cancellationToken)
    {
        var backoff = new Backoff(_jitter, TimeSpan.FromSeconds(2));
        while (true)
        {
            try
            {
                return _api = _open();
            }
            catch (KubernetesApiException failure)
            {
                _book.SetLink(SourceLink.Unreachable, failure.Message);
                _firstAnswer.TrySetResult();
                NoteLost(failure);
                await Task.Delay(backoff.Next(), _time, cancellationToken);
            }
        }
    }

    // Only keys are greyed before they are pressed. Whoever asks once learns from the answer what is not allowed.
    private Task LearnAccessAsync(IKubernetesApi api, string? namespaceName, CancellationToken cancellationToken)
    {
        var access = new PodAccess(api, Name, _settings.Dialect, _store);
        access.NoteStart();
        return _depth == SourceDepth.Follow ? access.LearnAsync(namespaceName, cancellationToken) : Task.CompletedTask;
    }

    private async Task FollowAsync(IKubernetesApi api, string?[] namespaces, CancellationToken cancellationToken)
    {
        var links = new LinkBoard(SetLink);
        // Every place is on the board before the first of them answers.
        var pods = namespaces.Select(place => ObserverOf<Pod>(
            links, place ?? "", items => TakeList(api, place, items), (pod, isGone) => TakeChange(api, pod, isGone), NoteLost)).ToList();
        var sessions = _settings.Dialect is not AmbientDialect ? [] : namespaces.Select(place => ObserverOf<AmbientSession>(
            links, $"{AmbientSession.Kind} {place}", items => TakeSessions(place, items), TakeSession, ReportSessionsLost)).ToList();
        var glance = _depth == SourceDepth.LookOnce && MayStart ? LeaseGlance.TellAsync(api, Name, namespaces[0], _store, cancellationToken) : Task.CompletedTask;
        _ = CompleteFirstAnswerAsync([.. pods.Select(observer => observer.Answered), .. sessions.Select(observer => observer.Answered), glance]);
        await Task.WhenAll([
            .. namespaces.Zip(pods, (place, observer) => new ObjectFollower<Pod>(
                api, new ObjectQuery(ResourceKind.Pods, place, _settings.Layout.LabelSelector), item => PodReader.Read(item, Warn), observer, _time, _jitter).RunAsync(cancellationToken)),
            .. namespaces.Zip(sessions, (place, observer) => new ObjectFollower<AmbientSession>(
                api, new ObjectQuery(AmbientSession.Kind, place, null), ReadSession, observer, _time, _jitter).RunAsync(cancellationToken)),
            .. namespaces.Where(_ => sessions.Count > 0).Select(place => new ObjectFollower<AmbientProject>(
                api, new ObjectQuery(AmbientProject.Kind, place, null), item => AmbientProject.Read(item, Warn), new ProjectObserver(_book, place), _time, _jitter).RunAsync(cancellationToken)),
        ]);
    }

    // Streams were lost with the cluster, and their own waits have grown long by the time that it answers again.
    private void SetLink(SourceLink link, string? error)
    {
        _book.SetLink(link, error);
        if (link != SourceLink.Live)
        {
            _wasLost = true;
        }
        else if (_wasLost)
        {
            _wasLost = false;
            _lossNoted = null;
            _followers.WakeAll();
        }
    }

    private static PlaceObserver<T> ObserverOf<T>(
        LinkBoard links, string key, Action<ImmutableArray<T>> listed, Action<T, bool> changed, Action<KubernetesApiException> lost)
    {
        links.Add(key);
        var isSession = typeof(T) == typeof(AmbientSession);
        return new PlaceObserver<T>(links, key, listed, changed, lost) { MayBeUnknown = isSession, Without = isSession ? "only pods are shown, without their sessions" : null };
    }

    private AmbientSession? ReadSession(JsonElement item) => AmbientSessionReader.Read(item, Warn) is { Name.Length: > 0 } session ? session : null;

    // A cluster without the platform has no agents of it. That is no fault, and looked for again from time to time.
    private void ReportSessionsLost(KubernetesApiException failure)
    {
        if (failure.Fault == KubernetesFault.NotFound)
        {
            Warn($"the cluster knows no {AmbientSession.Kind}, so there are no sessions of the platform");
        }
        else
        {
            NoteLost(failure);
        }
    }

    // It is tried again every few seconds, for hours perhaps: what stays the same is said once.
    private void NoteLost(KubernetesApiException failure)
    {
        if (Interlocked.Exchange(ref _lossNoted, failure.Message) != failure.Message)
        {
            LogLost(_logger, Name, failure.Message);
        }
    }

    private async Task CompleteFirstAnswerAsync(IEnumerable<Task> places)
    {
        await Task.WhenAll(places);
        await _followers.FirstAnswers();
        _firstAnswer.TrySetResult();
    }

    private void TakeList(IKubernetesApi api, string? namespaceName, ImmutableArray<Pod> pods)
    {
        var tracks = pods.Select(Track).OfType<PodTrack>().ToList();
        foreach (var uid in _book.SetPods(namespaceName, tracks))
        {
            Forget(uid);
        }

        foreach (var track in tracks)
        {
            Arrange(api, track);
        }
    }

    private void TakeChange(IKubernetesApi api, Pod pod, bool isGone)
    {
        if (!isGone && Track(pod) is { } track)
        {
            _book.SetPod(track);
            Arrange(api, track);
        }
        else
        {
            _book.RemovePod(pod.Uid);
            Forget(pod.Uid);
        }
    }

    private PodTrack? Track(Pod pod) => PodTrack.Of(pod, _settings, _time.GetUtcNow());

    private void Arrange(IKubernetesApi api, PodTrack track)
    {
        _rechecks.Set(track.Pod.Uid, track.Reading.CheckAgainAt);
        if (_depth != SourceDepth.ListOnly || _reached.ContainsKey(track.Agent))
        {
            _followers.Arrange(PlaceOf(api), track);
        }
    }

    private void Forget(string uid)
    {
        _followers.End(uid);
        _rechecks.Set(uid, null);
    }

    private void TakeSessions(string? place, ImmutableArray<AmbientSession> sessions)
    {
        _book.SetSessions(place, sessions);
        foreach (var session in sessions)
        {
            Recheck(session, session.UnansweredAt);
        }
    }

    private void TakeSession(AmbientSession session, bool isGone)
    {
        _book.SetSession(session, isGone);
        Recheck(session, isGone ? null : session.UnansweredAt);
    }

    // No uid has a slash in it.
    private void Recheck(AmbientSession session, DateTimeOffset? at) =>
        _rechecks.Set($"{session.Namespace}/{session.Name}", at is { } due && due > _time.GetUtcNow() ? due : null);

    private void ReadAgain(string uid)
    {
        if (uid.Split('/') is [var place, var name] && _book.FindSession(_settings.IdOf(place, "", name)) is { } session)
        {
            _book.SetSession(session, isGone: false);
        }

        if (_api is { } api && _book.FindPod(uid) is { } known && Track(known.Pod) is { } track)
        {
            _book.SetPod(track);
            Arrange(api, track);
        }
    }

    // A field that cannot be used is told once, however many pods have it.
    private void Warn(string warning)
    {
        lock (_warned)
        {
            if (_warned.Count >= 100 || !_warned.Add(warning))
            {
                return;
            }
        }

        LogOddField(_logger, Name, warning);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "source {Source}: {Reason}")]
    private static partial void LogLost(ILogger logger, string source, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "source {Source}: {Warning}")]
    private static partial void LogOddField(ILogger logger, string source, string warning);
}
