using AgentDeck.Benchmarks;

// One run prints every figure beside its peer, because only ratios of one run mean anything on a shared machine.
//   dotnet run -c Release --project tests/Benchmarks [-- NAME… [--program PATH]]
var names = args.TakeWhile(argument => argument != "--program").ToList();
var program = args.SkipWhile(argument => argument != "--program").Skip(1).FirstOrDefault()
    ?? Path.Combine(AppContext.BaseDirectory, "agentdeck");
var benchmarks = new (string Name, Func<Task> Run)[]
{
    ("frame", () => MicroBenchmarks.RunAsync<FrameBenchmark>()),
    ("parse", () => MicroBenchmarks.RunAsync<CaptureParseBenchmark>()),
    ("capture", CaptureRoundTrip.RunAsync),
    ("latency", () => OutputLatency.RunAsync(program)),
    ("flood", () => FloodedDeck.RunAsync(program)),
    ("idle", () => IdleDeck.RunAsync(program, agents: 50, seconds: 60)),
    ("idle500", () => IdleDeck.RunAsync(program, agents: 500, seconds: 60)),
    ("once", () => OnceCommand.RunAsync(program)),
};

Machine.Print();
foreach (var (name, run) in benchmarks)
{
    if (names.Count == 0 || names.Contains(name))
    {
        Console.WriteLine($"== {name}");
        await run();
    }
}
