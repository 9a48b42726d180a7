using System.Globalization;

namespace AgentDeck.Benchmarks.Pods;

/// <summary>From the output of an agent in a pod to the bytes on the operator's terminal.</summary>
internal static class PodLatency
{
    // What is typed stands in one row, and the pane shows its first 70 columns.
    private const int Rounds = 60;

    public static async Task RunAsync(string program)
    {
        using var playground = new Playground();
        await using var fleet = await PodFleet.StartAsync(playground, 1, "exec cat");
        await using var deck = new DeckProcess(program, playground);
        await deck.ArrivalOfAsync(PodFleet.NameOf(0));
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);

        // Typed into the pane by the deck's own keys: there and back again, through the pod's terminal.
        await deck.PressAsync("I");
        var samples = new Samples();
        for (var round = 0; round < Rounds; round++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(120 + (round * 7 % 50)), TimeProvider.System);
            var letter = ((char)('A' + (round % 26))).ToString();
            var arrival = deck.ArrivalOfAsync(letter);
            var pressed = TimeProvider.System.GetTimestamp();
            await deck.PressAsync(letter);
            samples.AddMilliseconds(TimeProvider.System.GetElapsedTime(pressed, await arrival).TotalMilliseconds);
        }

        var kubectl = Samples.Of(20, () => fleet.Kubectl("-n", fleet.Namespace, "exec", PodFleet.NameOf(0), "-c", "agent", "--", "tmux", "capture-pane", "-p", "-t", "=main:"));
        Console.WriteLine($"key → pod → its echo on the terminal: {samples}");
        Console.WriteLine($"one kubectl exec capture-pane:        {kubectl}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio of medians: {samples.Percentile(0.5) / kubectl.Percentile(0.5):0.00}"));
    }
}
