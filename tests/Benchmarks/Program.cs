using AgentDeck.Benchmarks;
using AgentDeck.Benchmarks.Pods;

// One run prints every figure beside its peer, because only ratios of one run mean anything on a shared machine.
//   dotnet run -c Release --project tests/Benchmarks [-- NAME… [--program PATH]]
var names = args.TakeWhile(argument => argument != "--program").ToList();
var program = args.SkipWhile(argument => argument != "--program").Skip(1).FirstOrDefault()
    ?? Path.Combine(AppContext.BaseDirectory, "agentdeck");
var benchmarks = new (string Name, Func<Task> Run)[]
{
    ("frame", () => MicroBenchmarks.RunAsync<FrameBenchmark>()),
    ("parse", () => MicroBenchmarks.RunAsync<CaptureParseBenchmark>()),
    ("judge", () => MicroBenchmarks.RunAsync<JudgeBenchmark>()),
    ("capture", CaptureRoundTrip.RunAsync),
    ("journal", JournalCommit.RunAsync),
    ("passes", ReconcilePasses.RunAsync),
    ("converge", () => ConvergeLocal.RunAsync(program)),
    ("latency", () => OutputLatency.RunAsync(program)),
    ("flood", () => FloodedDeck.RunAsync(program)),
    ("idle", () => IdleDeck.RunAsync(program, agents: 50, seconds: 60)),
    ("idle500", () => IdleDeck.RunAsync(program, agents: 500, seconds: 60)),
    ("once", () => OnceCommand.RunAsync(program)),
    ("pods10000", () => TenThousandPods.RunAsync(program)),
    ("pods10000refused", () => TenThousandPods.RunRefusedAsync(program)),
};

// These need pods: AGENTDECK_TEST_KUBECONFIG names the cluster, whose nodes have the image of tests/cluster.
var withPods = new (string Name, Func<Task> Run)[]
{
    ("podcapture", () => PodCapture.RunAsync(program)),
    ("podonce3", () => PodSnapshot.RunAsync(program, pods: 3)),
    ("podonce50", () => PodSnapshot.RunAsync(program, pods: 50)),
    ("podlatency", () => PodLatency.RunAsync(program)),
    ("podconverge", () => ConvergePods.RunAsync(program, pods: 50)),
    ("podidle", () => WatchedCluster.RunAsync(program, pods: 50, seconds: 60)),
};

Machine.Print();
foreach (var (name, run) in PodFleet.Kubeconfig is null ? benchmarks : [.. benchmarks, .. withPods])
{
    if (names.Count == 0 || names.Contains(name))
    {
        Console.WriteLine($"== {name}");
        await run();
    }
}
