using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Sources.Containers;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Store;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine;

/// <summary>The running sources of the configuration in force. Not safe for several threads; the engine serialises.</summary>
/// <param name="store">Where they write what they see.</param>
/// <param name="registry">Where others find them.</param>
/// <param name="clusters">Opens the clusters that they name.</param>
/// <param name="recall">How an engine before this one knew an agent, or null.</param>
/// <param name="recallReport">What one of a container had written of itself, or null.</param>
/// <param name="options">What the host provides.</param>
internal sealed partial class SourceRuns(
    FleetStore store,
    SourceRegistry registry,
    KubernetesConnector clusters,
    Func<AgentId, PhaseJudgement?> recall,
    Func<AgentId, AgentReport?> recallReport,
    EngineOptions options) : IAsyncDisposable
{
    private readonly Dictionary<string, Run> _runs = [];
    private readonly DetectionInForce _detection = new();
    private readonly ILogger _logger = options.LoggerFactory.CreateLogger<SourceRuns>();

    /// <summary>What a source of this kind is called on screen and in JSON.</summary>
    public static string KindOf(SourceSpec spec) => spec switch
    {
        LocalSourceSpec => "local",
        ContainerSourceSpec => "container",
        KubernetesSourceSpec => "kubernetes",
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec, "unknown kind of source"),
    };

    /// <summary>Completes when every source gave its first full answer, or fell over and will give none.</summary>
    public Task FirstAnswers() => Task.WhenAll(_runs.Values.Select(run => Task.WhenAny(run.Source.FirstAnswer, run.Task)));

    /// <summary>Ends the sources that the configuration no longer has as they are.</summary>
    /// <returns>Their names.</returns>
    public async Task<IReadOnlyCollection<string>> EndChangedAsync(DeckConfiguration configuration)
    {
        var old = _runs.Values.Where(run => !configuration.Sources.Contains(run.Spec)).ToList();
        foreach (var run in old)
        {
            _runs.Remove(run.Spec.Name);
        }

        registry.Replace(_runs.Values.Select(run => run.Source));
        await EndAsync(old);
        return [.. old.Select(run => run.Spec.Name)];
    }

    /// <summary>Starts sources that do not run yet and tells all what is declared for them.</summary>
    public void Arrange(DeckConfiguration configuration)
    {
        _detection.Rules = configuration.Detection;
        var added = configuration.Sources.Where(spec => !_runs.ContainsKey(spec.Name)).Select(spec => (Spec: spec, Source: Create(spec))).ToList();
        registry.Replace(_runs.Values.Select(run => run.Source).Concat(added.Select(pair => pair.Source)));
        foreach (var source in registry.All)
        {
            source.Declare([.. configuration.Agents.Where(agent => agent.Source == source.Name)]);
        }

        foreach (var (spec, source) in added)
        {
            var end = new CancellationTokenSource();
            _runs[spec.Name] = new Run(spec, source, end, WatchAsync(source.Name, source.RunAsync(end.Token), source.Fail));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await EndAsync(_runs.Values);

    private static async Task EndAsync(IEnumerable<Run> runs)
    {
        foreach (var run in runs)
        {
            await run.End.CancelAsync();
            await run.Task;
            await run.Source.DisposeAsync();
            run.End.Dispose();
        }
    }

    private IAgentSource Create(SourceSpec spec) => spec switch
    {
        LocalSourceSpec local => new LocalSource(
            local,
            store,
            recall,
            new LocalTransport(options.TimeProvider),
            new LocalCommandRunner(options.TimeProvider),
            _detection,
            options.TimeProvider,
            options.Jitter,
            options.LoggerFactory.CreateLogger<LocalSource>()),
        ContainerSourceSpec containers => CreateContainers(containers),
        KubernetesSourceSpec kubernetes => CreatePods(kubernetes),
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec, "unknown kind of source"),
    };

    private ContainerSource CreateContainers(ContainerSourceSpec spec)
    {
        var settings = PodSourceSettings.OfContainers(spec) with { Detection = _detection, RecallReport = recallReport, RecallPhase = recall };
        return new ContainerSource(
            settings,
            new ContainerSelection(settings.Layout.LabelSelector, spec.Names),
            new ContainerCli(spec, new LocalCommandRunner(options.TimeProvider)),
            new LocalTransport(options.TimeProvider),
            store,
            options.Depth,
            options.TimeProvider,
            options.Jitter ?? new Random().NextDouble,
            options.LoggerFactory.CreateLogger<ContainerSource>());
    }

    private KubernetesSource CreatePods(KubernetesSourceSpec declared)
    {
        var spec = GasCityEnvironment.Apply(declared, Environment.GetEnvironmentVariable);
        var dialect = KnownDialects.Find(spec.Dialect)!;
        return new KubernetesSource(
            new PodSourceSettings(spec, dialect, dialect.Layout.With(spec.LabelSelector, spec.Container, spec.Session)) { Detection = _detection, RecallReport = recallReport, RecallPhase = recall },
            () => clusters.Open(spec.Context, spec.Kubeconfig),
            store,
            options.Depth,
            options.TimeProvider,
            options.Jitter,
            options.LoggerFactory.CreateLogger<KubernetesSource>());
    }

    // A source that fell over by a fault of ours must not look live; what it knew stays, with its age.
    private async Task WatchAsync(string name, Task running, Action<string> fail)
    {
        await running.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (running.Exception is { } failure)
        {
            LogFellOver(_logger, failure, name);
            fail($"AgentDeck itself failed here ({failure.InnerException?.Message}); the log says more; restart the deck");
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "source {Source} fell over")]
    private static partial void LogFellOver(ILogger logger, Exception failure, string source);

    /// <summary>One running source.</summary>
    private sealed record Run(SourceSpec Spec, IAgentSource Source, CancellationTokenSource End, Task Task);
}
