using System.Globalization;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Benchmarks;

/// <summary>One screen with its metadata through a control-mode stream against one <c>tmux capture-pane</c> process.</summary>
internal static class CaptureRoundTrip
{
    private const int Rounds = 300;

    public static async Task RunAsync()
    {
        using var playground = new Playground();
        playground.StartSession("worker", "seq 100; exec sleep 100000");
        var pane = playground.Run("tmux", ["-L", Playground.Socket, "list-panes", "-t", "=worker:", "-F", "#{pane_id}"]).Trim();
        var socket = playground.Run("tmux", ["-L", Playground.Socket, "display-message", "-p", "#{socket_path}"]).Trim();
        await using var link = await TmuxLink.OpenAsync(new LocalTransport(TimeProvider.System), new TmuxAddress(socket), null, TimeProvider.System, CancellationToken.None);

        var stream = new Samples();
        var process = new Samples();
        for (var round = 0; round < Rounds; round++)
        {
            var asked = TimeProvider.System.GetTimestamp();
            await TmuxPaneReader.CaptureAsync(link, pane, 0, CancellationToken.None);
            stream.AddSince(asked);

            asked = TimeProvider.System.GetTimestamp();
            playground.Run("tmux", ["-L", Playground.Socket, "capture-pane", "-p", "-e", "-t", pane]);
            process.AddSince(asked);
        }

        Console.WriteLine($"capture + metadata over the stream: {stream}");
        Console.WriteLine($"tmux capture-pane process:          {process}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the process takes {process.Percentile(0.5) / stream.Percentile(0.5):0.0} times as long (medians)"));
    }
}
