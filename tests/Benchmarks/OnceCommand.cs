using System.Globalization;

namespace AgentDeck.Benchmarks;

/// <summary><c>agentdeck --once</c> as a whole process against <c>tmux list-sessions</c>.</summary>
internal static class OnceCommand
{
    private const int Rounds = 30;

    public static Task RunAsync(string program)
    {
        using var playground = new Playground();
        for (var i = 0; i < 20; i++)
        {
            playground.StartSession(string.Create(CultureInfo.InvariantCulture, $"agent-{i:000}"), "echo idle; exec sleep 100000");
        }

        var peer = Samples.Of(Rounds, () => playground.Run("tmux", ["-L", Playground.Socket, "list-sessions"]));
        Console.WriteLine($"tmux list-sessions:         {peer}");
        foreach (var format in new[] { "name", "json", "table" })
        {
            var ours = Samples.Of(Rounds, () => playground.Run(program, ["--once", "-o", format]));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"agentdeck --once -o {format,-6} {ours}, {ours.Percentile(0.5) / peer.Percentile(0.5):0.0} times tmux"));
        }

        return Task.CompletedTask;
    }
}
