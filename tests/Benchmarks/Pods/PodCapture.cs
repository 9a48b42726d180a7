using System.Globalization;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Benchmarks.Pods;

/// <summary>One screen of a pod with its metadata through the open stream, against <c>kubectl exec … tmux capture-pane</c>.</summary>
internal static class PodCapture
{
    private const int StreamRounds = 500;
    private const int ProcessRounds = 20;

    public static async Task RunAsync(string program)
    {
        using var playground = new Playground();
        await using var fleet = await PodFleet.StartAsync(playground, 1, "seq 100; exec sleep 100000");
        await using var api = PodFleet.Open();
        var transport = new PodExecTransport(api, new PodContainer(fleet.Namespace, PodFleet.NameOf(0), "agent"));
        await using var link = await TmuxLink.OpenAsync(transport, new TmuxAddress("default"), "=main", TimeProvider.System, CancellationToken.None);
        var session = (await TmuxSessionList.ReadAsync(link, CancellationToken.None)).Single();

        var stream = new Samples();
        for (var round = 0; round < StreamRounds; round++)
        {
            var asked = TimeProvider.System.GetTimestamp();
            await TmuxPaneReader.CaptureAsync(link, session.PaneId, 0, CancellationToken.None);
            stream.AddSince(asked);
        }

        // In turn, so that what else the machine does hits both alike.
        var (kubectl, peek) = (new Samples(), new Samples());
        for (var round = 0; round < ProcessRounds; round++)
        {
            kubectl.Add(() => fleet.Kubectl("-n", fleet.Namespace, "exec", PodFleet.NameOf(0), "-c", "agent", "--", "tmux", "capture-pane", "-p", "-e", "-t", "=main:"));
            peek.Add(() => playground.Run(program, ["peek", $"gc/{PodFleet.NameOf(0)}"]));
        }

        Console.WriteLine($"capture + metadata over the stream: {stream}");
        Console.WriteLine($"kubectl exec … tmux capture-pane:   {kubectl}");
        Console.WriteLine($"agentdeck peek:                     {peek}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kubectl takes {kubectl.Percentile(0.5) / stream.Percentile(0.5):0} times as long as the stream; peek takes {peek.Percentile(0.5) / kubectl.Percentile(0.5):0.00} of kubectl (medians)"));
    }
}
