using System.Diagnostics;
using System.Globalization;

namespace AgentDeck.Benchmarks;

/// <summary>
/// From nothing to a hundred declared agents that run, each by its own account: <c>agentdeck run</c> against a shell loop of
/// <c>tmux new-session</c>, in turn.
/// </summary>
internal static class ConvergeLocal
{
    private const int Agents = 100;
    private const int Rounds = 5;

    public static async Task RunAsync(string program)
    {
        var (ours, peer) = (new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            await MeasureAsync(peer, playground =>
            {
                var script = Path.Combine(playground.Folder, "loop");
                File.WriteAllText(script, $"for n in $(seq {Agents}); do tmux -f /dev/null -L {Playground.Socket} new-session -d -s agent-$n -x 200 -y 50 -- sh -c '{Command(playground, "$0")}' $n; done\n");
                return Start(playground, "sh", script);
            });
            await MeasureAsync(ours, playground =>
            {
                File.AppendAllLines(playground.Configuration, Enumerable.Range(1, Agents).Select(number => string.Create(
                    CultureInfo.InvariantCulture,
                    $"\n[[agent]]\nname = \"agent-{number}\"\nsource = \"here\"\ncommand = '{Command(playground, $"{number}")}'")));
                return Start(playground, program, "run", "--listen", "127.0.0.1:19464");
            });
        }

        Console.WriteLine($"shell loop of tmux new-session: {peer}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"agentdeck run:                  {ours}, {ours.Percentile(0.5) / peer.Percentile(0.5):0.00} times the loop"));
    }

    // An agent that says that it began.
    private static string Command(Playground playground, string number) => $"echo >{playground.Folder}/began.{number}; exec sleep 100000";

    private static async Task MeasureAsync(Samples samples, Func<Playground, Process> begin)
    {
        using var playground = new Playground();
        var started = TimeProvider.System.GetTimestamp();
        using var process = begin(playground);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        while (Directory.GetFiles(playground.Folder, "began.*").Length < Agents)
        {
            await timer.WaitForNextTickAsync();
        }

        samples.AddSince(started);
        process.Kill();
        await process.WaitForExitAsync();
    }

    private static Process Start(Playground playground, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = playground.Folder };
        foreach (var (name, value) in playground.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
