using System.Diagnostics;
using System.Globalization;

namespace AgentDeck.Benchmarks.Pods;

/// <summary>A deck on ten thousand pods: how soon they stand on the terminal, memory, what changes cost, and how fast a key is answered meanwhile.</summary>
internal static class TenThousandPods
{
    private const int Count = 10_000;
    private const int ChangesASecond = 500;

    /// <summary>Pods without tmux: what the list and the watch cost.</summary>
    public static Task RunAsync(string program) =>
        RunAsync(program, "dialect = \"plain\"\nlabel_selector = \"app=gc-agent\"\ncontainer = \"agent\"\nsession = \"\"", withOnce: true);

    /// <summary>Pods that may have tmux, and a cluster that cuts every stream into them.</summary>
    public static Task RunRefusedAsync(string program) => RunAsync(program, "dialect = \"gascity\"", withOnce: false);

    private static async Task RunAsync(string program, string source, bool withOnce)
    {
        using var playground = new Playground();
        await using var cluster = await CrowdedCluster.StartAsync(playground, Count, source);
        await cluster.FetchAllAsync();
        var started = TimeProvider.System.GetTimestamp();
        var bytes = await cluster.FetchAllAsync();
        Print($"every page of the list, fetched and thrown away: {Milliseconds(started, TimeProvider.System.GetTimestamp()):0} ms, {bytes / 1048576.0:0} MiB");
        if (withOnce)
        {
            foreach (var format in new[] { "name", "json", "table" })
            {
                Once(playground, program, format);
            }
        }

        started = TimeProvider.System.GetTimestamp();
        await using var deck = new DeckProcess(program, playground);
        Print($"{Count} pods on the terminal {Milliseconds(started, await deck.ArrivalOfAsync(string.Create(CultureInfo.InvariantCulture, $"▾ ─ {Count}"))):0} ms after the start of the process");
        await PauseAsync(5);
        await MeasureAsync(deck, cluster, "idle");
        await KeysAsync(deck, "idle");
        using var ending = new CancellationTokenSource();
        var changing = cluster.ChangeAsync(ChangesASecond, ending.Token);
        await PauseAsync(2);
        await MeasureAsync(deck, cluster, $"{ChangesASecond} changes a second");
        await KeysAsync(deck, $"{ChangesASecond} changes a second");
        await ending.CancelAsync();
        try
        {
            await changing;
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static void Once(Playground playground, string program, string format)
    {
        var samples = new Samples();
        for (var round = 0; round < 3; round++)
        {
            var started = TimeProvider.System.GetTimestamp();
            playground.Run(program, ["--once", "-o", format]);
            samples.AddSince(started);
        }

        Print($"agentdeck --once -o {format}: {samples}");
    }

    private static async Task MeasureAsync(DeckProcess deck, CrowdedCluster cluster, string state)
    {
        const int Seconds = 15;
        var (processor, execs, bytes) = (deck.ProcessorTime, cluster.ExecRequests, deck.BytesWritten);
        await PauseAsync(Seconds);
        var used = (deck.ProcessorTime - processor).TotalSeconds;
        Print($"{state}: {100 * used / Seconds:0.0} % of a core, {(cluster.ExecRequests - execs) / (double)Seconds:0} streams asked for a second, {(deck.BytesWritten - bytes) / Seconds / 1024.0:0.0} KiB/s to the terminal, {deck.ResidentMemory:0} MiB resident, {deck.PeakMemory:0} at most");
    }

    private static async Task KeysAsync(DeckProcess deck, string state)
    {
        var answered = new Samples();
        for (var round = 0; round < 20; round++)
        {
            var arrival = deck.ArrivalOfAsync("Moving");
            var pressed = TimeProvider.System.GetTimestamp();
            await deck.PressAsync("?");
            answered.AddMilliseconds(Milliseconds(pressed, await arrival));
            await deck.PressAsync("\u001b");
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        }

        Print($"key → help on the terminal, {state}: {answered}");
    }

    private static Task PauseAsync(int seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
