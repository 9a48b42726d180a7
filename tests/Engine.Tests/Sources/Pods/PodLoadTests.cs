using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing.Kubernetes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Sources.Pods;

/// <summary>Counts, by the deck's own meter, what following idle agents costs an API server that is reached over HTTP.</summary>
public sealed class PodLoadTests
{
    private const int Agents = 20;

    // A watch that hears nothing is asked for anew: the server, too, ends every watch after some minutes.
    private static readonly TimeSpan WatchLife = TimeSpan.FromSeconds(75);

    [Fact]
    public async Task Idle_agents_cost_no_exec_stream_and_no_request_but_the_renewal_of_the_watch()
    {
        await using var box = new Box();
        await box.StartSessionAsync("idle");
        await using var cluster = await FakeCluster.StartAsync();
        for (var index = 0; index < Agents; index++)
        {
            Put(cluster, $"p{index}");
        }

        using var load = new LoadMeter(cluster.Server.Address);
        var store = new FleetStore(cluster.Time);
        var settings = new PodSourceSettings(new KubernetesSourceSpec("k", "plain"), new PlainDialect(), new DialectLayout("", "agent", "main"));
        await using (var source = new KubernetesSource(
            settings, () => new BoxedExec(cluster.Open(), box), store, SourceDepth.Follow, cluster.Time, () => 1, NullLogger<KubernetesSource>.Instance))
        {
            using var end = new CancellationTokenSource();
            var running = source.RunAsync(end.Token);
            await UntilAsync(cluster, () => store.Current.Agents.Count == Agents && store.Current.Agents.Values.All(agent => agent.Status.Activity == Activity.Idle), TimeSpan.FromMilliseconds(100));
            Assert.Equal((Agents, Agents), (load.OpenStreams, load.StreamsOpened));

            await AssertOnlyRenewalsAsync(cluster, load, store);
            Assert.Equal(Agents, load.StreamsOpened);

            // A pane on screen, and keys for it, go over the stream that is there.
            await using (var watch = await source.FindSession(PodHarness.Id("p0"))!.WatchAsync(CancellationToken.None))
            {
                await using var captures = watch.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
                Assert.True(await captures.MoveNextAsync());
                await source.FindSession(PodHarness.Id("p0"))!.PressAsync([new AgentKey("news", IsLiteral: true), new AgentKey("Enter", IsLiteral: false)], CancellationToken.None);
                await PaneReading.SeeAsync(captures, "news", cluster.Time);
            }

            Assert.Equal((Agents, Agents, Agents), (load.RequestsOf("CONNECT"), load.StreamsOpened, load.OpenStreams));
            await end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }

        Assert.Equal(0, load.OpenStreams);
    }

    [Fact]
    public async Task A_thousand_declared_agents_that_are_as_declared_cost_no_request_but_the_renewal_of_the_watch()
    {
        const int Declared = 1000;
        // What may we do to pods: run commands (two verbs), delete, read logs. Asked once a source.
        const int AccessQuestions = 4;
        await using var cluster = await FakeCluster.StartAsync();
        var names = Enumerable.Range(0, Declared).Select(index => $"p{index}").ToImmutableArray();
        foreach (var name in names)
        {
            Put(cluster, name);
        }

        using var load = new LoadMeter(cluster.Server.Address);
        var (store, sources, memory) = (new FleetStore(cluster.Time), new SourceRegistry(), new PassingMemory());
        var settings = new PodSourceSettings(new KubernetesSourceSpec("k", "plain"), new PlainDialect(), new DialectLayout("", "agent", Session: null));
        await using var source = new KubernetesSource(settings, () => cluster.Open(), store, SourceDepth.Follow, cluster.Time, () => 1, NullLogger<KubernetesSource>.Instance);
        sources.Replace([source]);
        source.Declare([.. names.Select(name => Fleet.Spec(name) with { Source = "k" })]);
        using var loop = new ReconcileLoop(
            store,
            memory,
            (desk, again) => new AgentReconciler(store, sources, memory, desk, new StartSlots(again), new KeepsAll(), new CrashLoopLimits(), cluster.Time, () => 1, NullLogger.Instance),
            cluster.Time,
            () => 1,
            NullLogger.Instance);
        using var end = new CancellationTokenSource();
        var (running, keeping) = (source.RunAsync(end.Token), loop.RunAsync(end.Token));
        await UntilAsync(cluster, () => AllAsDeclared() && load.RequestsOf("POST") == AccessQuestions, TimeSpan.Zero);
        await AssertOnlyRenewalsAsync(cluster, load, store);
        Assert.Equal(0, load.StreamsOpened);
        Assert.True(AllAsDeclared());

        // The loop was there all the time.
        cluster.Server.Objects.Delete("/api/v1/namespaces/deck/pods/p1");
        await UntilAsync(cluster, () => !IsAsDeclared(store.Current.Agents[PodHarness.Id("p1")]), TimeSpan.Zero);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await keeping;

        bool AllAsDeclared() => store.Current.Agents.Count == Declared && store.Current.Agents.Values.All(agent => agent.Status.Phase == AgentPhase.Running && IsAsDeclared(agent));
    }

    [Fact]
    public async Task Pods_that_cannot_be_asked_cost_so_many_execs_a_second_however_many_there_are()
    {
        await using var cluster = await FakeCluster.StartAsync();
        cluster.Server.Exec.Instead = static _ => Task.CompletedTask;
        const int Pods = 3 * ExecTurns.Burst;
        for (var index = 0; index < Pods; index++)
        {
            Put(cluster, $"p{index}");
        }

        using var load = new LoadMeter(cluster.Server.Address);
        var store = new FleetStore(cluster.Time);
        var settings = new PodSourceSettings(new KubernetesSourceSpec("k", "plain"), new PlainDialect(), new DialectLayout("", "agent", "main"));
        await using var source = new KubernetesSource(settings, () => cluster.Open(), store, SourceDepth.Follow, cluster.Time, () => 1, NullLogger<KubernetesSource>.Instance);
        using var end = new CancellationTokenSource();
        var running = source.RunAsync(end.Token);

        // Every pod is due again and again within half a minute, so that there is always one that waits.
        for (var second = 0; second <= 40; second++)
        {
            var expected = ExecTurns.Burst + (second * ExecTurns.PerSecond);
            await UntilAsync(cluster, () => load.RequestsOf("CONNECT") >= expected, TimeSpan.Zero);
            Assert.Equal(expected, load.RequestsOf("CONNECT"));
            cluster.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static void Put(FakeCluster cluster, string name, string node = "node") => cluster.Server.Objects.Put($"/api/v1/namespaces/deck/pods/{name}", new JsonObject
    {
        ["metadata"] = new JsonObject { ["namespace"] = "deck", ["name"] = name, ["uid"] = name },
        ["spec"] = new JsonObject { ["nodeName"] = node, ["containers"] = new JsonArray(new JsonObject { ["name"] = "agent" }) },
        ["status"] = new JsonObject
        {
            ["phase"] = "Running",
            ["containerStatuses"] = new JsonArray(new JsonObject { ["name"] = "agent", ["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = "2026-11-21T13:00:00Z" } } }),
        },
    });

    private static async Task UntilAsync(FakeCluster cluster, Func<bool> holds, TimeSpan passing)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!holds())
        {
            cluster.Time.Advance(passing);
            await looks.WaitForNextTickAsync(deadline.Token);
        }
    }

    // A watch lives for more than a minute: less than one request a minute, however many agents there are.
    private static async Task AssertOnlyRenewalsAsync(FakeCluster cluster, LoadMeter load, FleetStore store)
    {
        await SeeChangeAsync("before");
        var (requests, watches) = (load.Requests, load.RequestsOf("WATCH"));
        for (var renewals = 1; renewals <= 8; renewals++)
        {
            cluster.Time.Advance(WatchLife);
            await UntilAsync(cluster, () => load.RequestsOf("WATCH") == watches + renewals, TimeSpan.Zero);
            await SeeChangeAsync($"node-{renewals}");
        }

        Assert.Equal(requests + 8, load.Requests);

        // What told it is a watch whose silence is measured from now on: only then may time pass.
        async Task SeeChangeAsync(string node)
        {
            Put(cluster, "p0", node);
            await UntilAsync(cluster, () => store.Current.Agents[PodHarness.Id("p0")].Status.Pod?.Node == node, TimeSpan.Zero);
        }
    }

    private static bool IsAsDeclared(Agent agent) => agent.Conditions.Any(condition => condition is { Type: ConditionTypes.Reconciled, Reason: "AsDeclared" });

    private sealed class KeepsAll : IEnforcement
    {
        public string? WhyNot(AgentId agent) => null;

        public CancellationToken Mandate(AgentId agent) => CancellationToken.None;
    }

    /// <summary>The cluster over HTTP, whose containers all find the tmux of one box.</summary>
    private sealed class BoxedExec(IKubernetesApi api, Box box) : IKubernetesApi
    {
        public string Server => api.Server;

        public string Namespace => "deck";

        public Task<ObjectPage> ListAsync(ObjectQuery query, string? continueToken, CancellationToken cancellationToken) => api.ListAsync(query, continueToken, cancellationToken);

        public IAsyncEnumerable<WatchEvent> WatchAsync(ObjectQuery query, string resourceVersion, CancellationToken cancellationToken) => api.WatchAsync(query, resourceVersion, cancellationToken);

        public Task<JsonElement> GetAsync(ObjectName name, CancellationToken cancellationToken) => api.GetAsync(name, cancellationToken);

        public Task<JsonElement> CreateAsync(ResourceKind kind, string? namespaceName, JsonObject body, CancellationToken cancellationToken) => api.CreateAsync(kind, namespaceName, body, cancellationToken);

        public Task<JsonElement> ReplaceAsync(ObjectName name, JsonObject body, CancellationToken cancellationToken) => api.ReplaceAsync(name, body, cancellationToken);

        public Task<JsonElement> MergeAsync(ObjectName name, JsonObject patch, CancellationToken cancellationToken) => api.MergeAsync(name, patch, cancellationToken);

        public Task DeleteAsync(ObjectName name, DeleteRequest request, CancellationToken cancellationToken) => api.DeleteAsync(name, request, cancellationToken);

        public Task<ICommandStream> ExecAsync(PodContainer container, CommandSpec command, CancellationToken cancellationToken) => api.ExecAsync(container, box.WithFolder(command), cancellationToken);

        public Task<Stream> OpenLogAsync(PodContainer container, LogRequest request, CancellationToken cancellationToken) => api.OpenLogAsync(container, request, cancellationToken);

        public Task<AccessAnswer> ReviewAccessAsync(AccessQuestion question, CancellationToken cancellationToken) => api.ReviewAccessAsync(question, cancellationToken);

        public ValueTask DisposeAsync() => api.DisposeAsync();
    }
}
