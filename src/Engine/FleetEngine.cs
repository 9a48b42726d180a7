using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Leadership;
using AgentDeck.Engine.Notifications;
using AgentDeck.Engine.Operations;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine;

/// <summary>
/// The engine, put together. Starts at once in the background and never blocks its caller; disposing ends observation and
/// leaves every agent running.
/// </summary>
public sealed class FleetEngine : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly FleetStore _store;
    private readonly SourceRegistry _registry = new();
    private readonly SourceRuns _runs;
    private readonly PaneFeed _panes;
    private readonly SessionOperations _operations;
    private readonly SemaphoreSlim _arranging = new(1, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly EngineJournal _journal;
    private readonly Pulse _journalChanges = new();
    private readonly ReconcileLoop _loop;
    private readonly Task _looping;
    private readonly FleetLeadership? _leadership;
    private readonly KeeperGate? _gate;
    private readonly SemaphoreSlim _leading = new(1, 1);
    private readonly WebhookChannel? _webhook;
    private readonly Notifier? _notifier;
    private readonly Task _notifying = Task.CompletedTask;
    private volatile DeckConfiguration _configuration;
    private ImmutableArray<ConfigurationProblem> _problems = [];
    private int _disposed;

    private FleetEngine(DeckConfiguration configuration, EngineOptions options)
    {
        _configuration = configuration;
        _time = options.TimeProvider;
        _journal = EngineJournal.Open(options);
        _store = new FleetStore(options.TimeProvider, options.Redact, _journal.Past, _journal.Acknowledged);
        _panes = new PaneFeed(_store, _registry, options.TimeProvider);
        var logger = options.LoggerFactory.CreateLogger<ReconcileLoop>();
        _journal.Changed += _journalChanges.Set;
        var keeper = _journal.Keeper;
        var memory = _journal.Memory;
        var clusters = new KubernetesConnector(new LocalCommandRunner(options.TimeProvider), Environment.GetEnvironmentVariable, options.TimeProvider, options.Jitter);
        _runs = new SourceRuns(_store, _registry, clusters, _journal.Recall, _journal.FindReport, options);
        _leadership = options.ReadOnly || options.ObserveOnly ? null : CreateLeadership(options, clusters);
        _gate = _leadership is null ? null : new KeeperGate(_leadership);
        IEnforcement enforcement = _gate is { } gate ? gate : new OnlyLooking();
        _loop = new ReconcileLoop(
            _store,
            memory,
            (desk, again) => new AgentReconciler(
                _store, _registry, memory, desk, new StartSlots(again), enforcement, options.CrashLoop, options.TimeProvider, options.Jitter, logger),
            options.TimeProvider,
            options.Jitter,
            logger);
        _operations = new SessionOperations(
            _store,
            _registry,
            _loop.Desk,
            options.ReadOnly,
            options.OperatorName,
            options.Redact,
            options.TimeProvider,
            options.LoggerFactory.CreateLogger<SessionOperations>());
        _looping = Task.WhenAll(_loop.RunAsync(_ending.Token), _journal.WriteAsync(_store, _ending.Token), FollowJournalAsync(keeper, _ending.Token));
        if (options.Notify is { } notify)
        {
            var notes = options.LoggerFactory.CreateLogger<Notifier>();
            _webhook = notify.Webhook is { } target ? new WebhookChannel(target, options.TimeProvider, options.Jitter, notes) : null;
            INotificationChannel?[] channels = [notify.Terminal, new CommandChannel(new LocalCommandRunner(options.TimeProvider), notes), _webhook];
            _notifier = new Notifier(_store, channels.OfType<INotificationChannel>(), _journal.Told, IsOurs, options.Redact, options.TimeProvider, notes);
            _notifying = _notifier.RunAsync(_ending.Token);
        }
    }

    /// <summary>The first door: what is known.</summary>
    public IFleetStore Store => _store;

    /// <summary>The second door: what can be done.</summary>
    public ISessionOperations Operations => _operations;

    /// <summary>The third door: live screens.</summary>
    public IPaneFeed Panes => _panes;

    /// <summary>Starts to observe what <paramref name="configuration"/> names; the store shows every source as connecting at once.</summary>
    /// <param name="configuration">The fleet.</param>
    /// <param name="problems">Warnings of the configuration, to be shown.</param>
    /// <param name="options">What the host provides.</param>
    public static FleetEngine Start(DeckConfiguration configuration, ImmutableArray<ConfigurationProblem> problems, EngineOptions options)
    {
        var engine = new FleetEngine(configuration, options);
        engine.Heed(configuration.Notify);
        engine.ShowSources(configuration, problems);
        // Before anything is seen that could be kept. There is none to give back yet, so this waits for nothing.
        _ = engine.ArrangeLeadershipAsync();
        engine._runs.Arrange(configuration);
        return engine;
    }

    /// <summary>
    /// Takes a configuration that was read again. Sources that did not change go on undisturbed; a session whose declaration
    /// went stays and is shown as discovered.
    /// </summary>
    public async Task ReconfigureAsync(DeckConfiguration configuration, ImmutableArray<ConfigurationProblem> problems, CancellationToken cancellationToken)
    {
        await _arranging.WaitAsync(cancellationToken);
        try
        {
            // Ended before their agents are forgotten, so that none of them writes an agent back; shown before the new ones start.
            var ended = await _runs.EndChangedAsync(configuration);
            _store.Apply(edit => edit.ArrangeSources([.. edit.Sources.Where(source => !ended.Contains(source.Name))]));
            ShowSources(configuration, problems);
            _configuration = configuration;
            await ArrangeLeadershipAsync();
            Heed(configuration.Notify);
            _runs.Arrange(configuration);
            _store.Apply(edit => edit.Record((seq, at) => new ConfigurationReloaded(seq, at, 0)));
        }
        finally
        {
            _arranging.Release();
        }
    }

    /// <summary>Shows why a configuration that was read again is not used; the last good one stays in force.</summary>
    public void ReportProblems(ImmutableArray<ConfigurationProblem> problems) =>
        _store.Apply(edit =>
        {
            edit.SetProblems(WithOwn(problems));
            edit.Record((seq, at) => new ConfigurationReloaded(seq, at, problems.Count(problem => !problem.IsWarning)));
        });

    /// <summary>Waits until every source gave its first full answer, or told that it cannot.</summary>
    /// <returns>False when <paramref name="deadline"/> came first; what is known by then stands in the store.</returns>
    public async Task<bool> WaitUntilSettledAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        try
        {
            await _runs.FirstAnswers().WaitAsync(deadline, _time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Has one agent looked at where only the list was asked for (<see cref="SourceDepth.ListOnly"/>), and followed from now on.</summary>
    /// <returns>False when <paramref name="deadline"/> came before its first answer.</returns>
    public async Task<bool> ReachAsync(AgentId agent, TimeSpan deadline, CancellationToken cancellationToken)
    {
        try
        {
            await (_registry.SourceOf(agent)?.ReachAsync(agent, cancellationToken) ?? Task.CompletedTask).WaitAsync(deadline, _time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Begins nothing new for any agent and waits for what is under way; afterwards only disposing makes sense.</summary>
    /// <returns>False when something was still under way after <paramref name="patience"/>; disposing breaks it off.</returns>
    public Task<bool> DrainAsync(TimeSpan patience) => _loop.RestAsync(patience);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _ending.CancelAsync();
        await _looping;
        if (_leadership is not null)
        {
            // Not before the last step ended: another engine may begin its own at once.
            await _leadership.DisposeAsync();
        }

        await _notifying;
        _webhook?.Dispose();
        _loop.Dispose();
        await _journal.DisposeAsync();
        await _panes.DisposeAsync();
        await _runs.DisposeAsync();
        _arranging.Dispose();
        _leading.Dispose();
        _ending.Dispose();
    }

    private FleetLeadership CreateLeadership(EngineOptions options, KubernetesConnector clusters) => new(
        _store,
        place => clusters.Open(place.Context, place.Kubeconfig),
        options.EngineName,
        options.TimeProvider,
        options.Jitter,
        options.LoggerFactory.CreateLogger<FleetLeadership>(),
        () => _loop.LookAtAll());

    // An engine that is about to compete for its Leases does not know yet who else does.
    private bool? IsOurs(AgentId agent, DateTimeOffset seen) =>
        _leadership is null ? true : _gate is { IsOpen: false } && _journal.MayEnforce ? null : _leadership.IsOurs(agent, seen);

    // An engine that does not keep anything must not hold a Lease: nobody would keep anything then.
    private async Task ArrangeLeadershipAsync()
    {
        if (_leadership is null || _gate is null)
        {
            return;
        }

        await _leading.WaitAsync(CancellationToken.None);
        try
        {
            var keeps = _journal.MayEnforce;
            _gate.IsOpen &= keeps;
            var arranged = _leadership.ArrangeAsync(keeps ? SharedPlaces.Of(_configuration, Environment.GetEnvironmentVariable) : ImmutableDictionary<string, LeasePlace>.Empty);
            _gate.IsOpen = keeps;
            await arranged;
        }
        finally
        {
            _leading.Release();
        }
    }

    private async Task FollowJournalAsync((string? Name, bool IsSelf) keeper, CancellationToken cancellationToken)
    {
        try
        {
            while (await _journalChanges.WaitAsync(cancellationToken))
            {
                var before = keeper;
                keeper = _journal.Keeper;
                _store.Apply(edit =>
                {
                    edit.SetProblems(WithOwn(_problems));
                    if (keeper.Name is { } name && keeper != before)
                    {
                        edit.Record((seq, at) => new KeeperChanged(seq, at, name));
                    }
                });
                if (_gate is { } gate && gate.IsOpen != _journal.MayEnforce)
                {
                    await ArrangeLeadershipAsync();
                    _loop.LookAtAll();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end that was asked for.
        }
    }

    private void Heed(NotifySettings settings)
    {
        if (_notifier is not null)
        {
            _notifier.Settings = settings;
        }
    }

    private void ShowSources(DeckConfiguration configuration, ImmutableArray<ConfigurationProblem> problems) =>
        _store.Apply(edit =>
        {
            edit.ArrangeSources([.. configuration.Sources.Select(spec => new SourceStatus(spec.Name, SourceRuns.KindOf(spec), SourceLink.Connecting, null, null))]);
            edit.SetProblems(WithOwn(problems));
        });

    // What is wrong with the journal stands beside what is wrong with the configuration, whichever of both changed.
    private ImmutableArray<ConfigurationProblem> WithOwn(ImmutableArray<ConfigurationProblem> problems)
    {
        _problems = problems;
        return _journal.Notice is { } notice ? problems.Add(new ConfigurationProblem("journal", 0, 0, notice, IsWarning: true)) : problems;
    }
}
