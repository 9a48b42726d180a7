using System.Collections.Immutable;
using System.Globalization;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Benchmarks;

/// <summary>Passes a second over a thousand declared agents that run, against the same queue and workers whose passes do nothing.</summary>
internal static class ReconcilePasses
{
    private const int Agents = 1000;
    private const int Rounds = 200;

    public static async Task RunAsync()
    {
        var store = new FleetStore(TimeProvider.System);
        var registry = new SourceRegistry();
        var local = new LocalTransport(TimeProvider.System);
        var runner = new LocalCommandRunner(TimeProvider.System);
        await using var source = new LocalSource(
            new LocalSourceSpec("here", "bench"), store, _ => null, local, runner, new DetectionInForce(), TimeProvider.System, () => 1, NullLogger<LocalSource>.Instance);
        registry.Replace([source]);
        var agents = Enumerable.Range(0, Agents).Select(number => AgentOf(string.Create(CultureInfo.InvariantCulture, $"agent-{number}"))).ToList();
        store.Apply(edit =>
        {
            edit.ArrangeSources([new SourceStatus("here", "local", SourceLink.Live, null, null)]);
            agents.ForEach(edit.Set);
        });
        var reconciler = new AgentReconciler(
            store, registry, new PassingMemory(), new RequestDesk(_ => { }), new StartSlots(_ => { }), new Everything(), new CrashLoopLimits(), TimeProvider.System, () => 1, NullLogger.Instance);

        var peer = await MeasureAsync(agents, (_, _) => Task.FromResult<TimeSpan?>(null));
        var ours = await MeasureAsync(agents, reconciler.ReconcileAsync);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ours:0} passes a second; passes that do nothing: {peer:0} a second, {peer / ours:0.0} times as many"));
    }

    private static Agent AgentOf(string name) => new(
        new AgentId("here", "", name),
        new AgentSpec(name, "here", "sleep 100000", "/", ImmutableDictionary<string, string>.Empty, DesiredState.Running, RestartPolicy.Always, null),
        new AgentStatus { Phase = AgentPhase.Running, Reason = "SessionAlive", ObservedAt = DateTimeOffset.UnixEpoch, Origin = "benchmark" },
        1,
        1);

    private static async Task<double> MeasureAsync(List<Agent> agents, Func<AgentId, CancellationToken, Task<TimeSpan?>> pass)
    {
        using var queue = new WorkQueue<AgentId>(TimeProvider.System, () => 1);
        using var ending = new CancellationTokenSource();
        var left = 0;
        var done = new TaskCompletionSource();
        using var load = new ReconcileLoad(() => queue.Count, TimeProvider.System);
        var controller = new Controller<AgentId>(
            queue,
            async (id, token) =>
            {
                var again = await pass(id, token);
                if (Interlocked.Decrement(ref left) == 0)
                {
                    done.SetResult();
                }

                return again;
            },
            ReconcileLoop.Workers,
            load,
            NullLogger.Instance);
        var working = controller.RunAsync(ending.Token, ending.Token);
        var started = 0L;
        // The first round is not counted: it compiles the code and sets conditions.
        for (var round = 0; round <= Rounds; round++)
        {
            if (round == 1)
            {
                started = TimeProvider.System.GetTimestamp();
            }

            done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            left = agents.Count;
            agents.ForEach(agent => queue.Add(agent.Id));
            await done.Task;
        }

        var rate = Rounds * agents.Count / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        await ending.CancelAsync();
        await working;
        return rate;
    }

    /// <summary>An engine that keeps everything.</summary>
    private sealed class Everything : IEnforcement
    {
        public string? WhyNot(AgentId agent) => null;

        public CancellationToken Mandate(AgentId agent) => CancellationToken.None;
    }
}
