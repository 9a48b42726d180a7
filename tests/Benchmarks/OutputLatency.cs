using System.Globalization;

namespace AgentDeck.Benchmarks;

/// <summary>From an agent's output to the bytes on the operator's terminal.</summary>
internal static class OutputLatency
{
    private const int Rounds = 300;

    public static async Task RunAsync(string program)
    {
        using var playground = new Playground();
        var doorbell = Path.Combine(playground.Folder, "doorbell");
        playground.Run("mkfifo", [doorbell]);
        playground.StartSession("printer", $"exec 3<>'{doorbell}'; while read -r word <&3; do printf '\\033[H\\033[2J%s' \"$word\"; done");
        await using var deck = new DeckProcess(program, playground);
        await deck.ArrivalOfAsync("here/printer");

        var throughDeck = new Samples();
        var bare = new Samples();
        for (var round = 0; round < Rounds; round++)
        {
            // Words of neighbouring rounds share no letter in a column, so the whole word is written anew.
            var word = new string([.. Enumerable.Range(0, 12).Select(column => (char)((round % 2 == 0 ? 'a' : 'A') + (round / 2 + column) % 26))]);

            // Spread over the phases of every interval in the deck; back to back, each round would wait for the pane's next turn.
            await Task.Delay(TimeSpan.FromMilliseconds(60 + round * 7 % 50), TimeProvider.System);
            var arrival = deck.ArrivalOfAsync(word);
            var rung = TimeProvider.System.GetTimestamp();
            await File.WriteAllTextAsync(doorbell, word + "\n");
            throughDeck.AddMilliseconds(TimeProvider.System.GetElapsedTime(rung, await arrival).TotalMilliseconds);

            // The peer: what it takes to see one screen of that agent by asking tmux once, in a process of its own.
            var asked = TimeProvider.System.GetTimestamp();
            playground.Run("tmux", ["-L", Playground.Socket, "capture-pane", "-p", "-t", "=printer:"]);
            bare.AddSince(asked);
        }

        Console.WriteLine($"agent output → bytes on the terminal: {throughDeck}");
        Console.WriteLine($"one tmux capture-pane process:        {bare}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio of medians: {throughDeck.Percentile(0.5) / bare.Percentile(0.5):0.00}"));
    }
}
