using System.Diagnostics;
using System.Globalization;

namespace AgentDeck.Benchmarks.Pods;

/// <summary>What watching costs a cluster on this machine: processor time of its components with nobody watching, and with a deck.</summary>
internal static class WatchedCluster
{
    private static readonly string[] Components = ["kube-apiserver", "kubelet", "containerd"];

    public static async Task RunAsync(string program, int pods, int seconds)
    {
        using var playground = new Playground();
        await using var fleet = await PodFleet.StartAsync(playground, pods, "echo idle; exec sleep 100000");
        await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System);
        await MeasureAsync("nobody watches", seconds);

        var started = TimeProvider.System.GetTimestamp();
        await using (var deck = new DeckProcess(program, playground))
        {
            var shown = await deck.ArrivalOfAsync(PodFleet.NameOf(0));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pods} pods: list on the terminal {TimeProvider.System.GetElapsedTime(started, shown).TotalMilliseconds:0} ms after the start of the process"));
            await Task.Delay(TimeSpan.FromSeconds(75), TimeProvider.System);
            var own = deck.ProcessorTime;
            await MeasureAsync("a deck watches", seconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the deck itself: {100 * (deck.ProcessorTime - own).TotalSeconds / seconds:0.00} % of a core, {deck.ResidentMemory:0} MiB resident"));
        }

        await MeasureAsync("nobody watches again", seconds);
    }

    private static async Task MeasureAsync(string title, int seconds)
    {
        var before = Components.Select(TimeOf).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        var used = Components.Select((component, index) => TimeOf(component) - before[index]).ToArray();
        var words = Components.Select((component, index) => string.Create(CultureInfo.InvariantCulture, $"{component} {100 * used[index].TotalSeconds / seconds:0.00} %"));
        Console.WriteLine($"{title + ":",-22} {string.Join(", ", words)} of a core");
    }

    private static TimeSpan TimeOf(string component) =>
        Process.GetProcessesByName(component).Aggregate(TimeSpan.Zero, (sum, process) => sum + process.TotalProcessorTime);
}
