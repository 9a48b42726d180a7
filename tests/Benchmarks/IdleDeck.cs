using System.Globalization;

namespace AgentDeck.Benchmarks;

/// <summary>What an idle deck costs: processor time over a minute, bytes written, memory.</summary>
internal static class IdleDeck
{
    public static async Task RunAsync(string program, int agents, int seconds)
    {
        using var playground = new Playground();
        for (var i = 0; i < agents; i++)
        {
            playground.StartSession(string.Create(CultureInfo.InvariantCulture, $"agent-{i:000}"), "echo idle; exec sleep 100000");
        }

        var started = TimeProvider.System.GetTimestamp();
        await using var deck = new DeckProcess(program, playground);
        var shown = await deck.ArrivalOfAsync("here/agent-000");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{agents} agents: list on the terminal {TimeProvider.System.GetElapsedTime(started, shown).TotalMilliseconds:0} ms after the start of the process"));

        // After a minute the start is over, and idle times are no longer counted in seconds.
        await Task.Delay(TimeSpan.FromSeconds(75), TimeProvider.System);
        var processor = deck.ProcessorTime;
        var bytes = deck.BytesWritten;
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        var used = (deck.ProcessorTime - processor).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{used:0.00} s of processor time in {seconds} s ({100 * used / seconds:0.00} % of a core), {deck.BytesWritten - bytes} bytes written, {deck.ResidentMemory:0} MiB resident"));
    }
}
