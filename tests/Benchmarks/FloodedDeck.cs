using System.Globalization;

namespace AgentDeck.Benchmarks;

/// <summary>A wall of nine panes that print as fast as they can: memory, and how fast a key is answered meanwhile.</summary>
internal static class FloodedDeck
{
    public static async Task RunAsync(string program)
    {
        using var playground = new Playground();
        File.AppendAllText(playground.Configuration, "[deck]\npanes = 9\n");
        for (var i = 0; i < 50; i++)
        {
            playground.StartSession(string.Create(CultureInfo.InvariantCulture, $"agent-{i:000}"), i < 9
                ? "exec yes 01234567890123456789012345678901234567890123456789012345678901234567890123456789"
                : "echo idle; exec sleep 100000");
        }

        await using var deck = new DeckProcess(program, playground);
        await deck.ArrivalOfAsync("here/agent-000");
        var answered = new Samples();
        for (var round = 0; round < 40; round++)
        {
            var arrival = deck.ArrivalOfAsync("Moving");
            var pressed = TimeProvider.System.GetTimestamp();
            await deck.PressAsync("?");
            answered.AddMilliseconds(TimeProvider.System.GetElapsedTime(pressed, await arrival).TotalMilliseconds);
            await deck.PressAsync("\u001b");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        Console.WriteLine($"key → help on the terminal, nine panes flooding: {answered}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{deck.ResidentMemory:0} MiB resident"));
    }
}
