using System.Globalization;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Benchmarks.Pods;

/// <summary>A cold snapshot of a fleet of pods by the program, against what others need to learn the same.</summary>
internal static class PodSnapshot
{
    private const int AtOnce = 16;
    private const int Rounds = 10;
    private const string Question = "#{window_activity} #{pane_current_command}";

    public static async Task RunAsync(string program, int pods)
    {
        using var playground = new Playground();
        await using var fleet = await PodFleet.StartAsync(playground, pods, "echo idle; exec sleep 100000");

        // In turn, so that what else the machine does hits all alike.
        var (once, names, kubectlNames, kubectlPods, floor) = (new Samples(), new Samples(), new Samples(), new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            once.Add(() => playground.Run(program, ["--once", "-o", "json"]));
            var started = TimeProvider.System.GetTimestamp();
            await AskAllAsync(fleet, pods);
            floor.AddSince(started);
            for (var twice = 0; twice < 2; twice++)
            {
                kubectlPods.Add(() => fleet.Kubectl("-n", fleet.Namespace, "get", "pods"));
                names.Add(() => playground.Run(program, ["--once", "-o", "name"]));
                kubectlNames.Add(() => fleet.Kubectl("-n", fleet.Namespace, "get", "pods", "-o", "name"));
            }
        }

        var script = $"kubectl --kubeconfig '{PodFleet.Kubeconfig}' -n {fleet.Namespace} get pods -o name | while read -r pod; do "
            + $"kubectl --kubeconfig '{PodFleet.Kubeconfig}' -n {fleet.Namespace} exec \"$pod\" -c agent -- tmux display-message -p -t =main: '{Question}' </dev/null; done";
        var shell = Samples.Of(1, () => playground.Run("sh", ["-c", script]));

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pods} pods"));
        Console.WriteLine($"agentdeck --once -o json (whole process):     {once}");
        Console.WriteLine($"bare loop of as many execs, {AtOnce} at a time:     {floor}");
        Console.WriteLine($"shell loop of kubectl exec:                   {shell}");
        Console.WriteLine($"agentdeck --once -o name:                     {names}");
        Console.WriteLine($"kubectl get pods -o name:                     {kubectlNames}");
        Console.WriteLine($"kubectl get pods:                             {kubectlPods}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"--once takes {Ratio(once, floor):0.00} of the bare loop and {Ratio(once, kubectlPods):0.0} of kubectl get pods; the shell loop takes {Ratio(shell, once):0.0} of --once; -o name takes {Ratio(names, kubectlNames):0.00} of kubectl's"));
    }

    private static double Ratio(Samples ours, Samples theirs) => ours.Percentile(0.5) / theirs.Percentile(0.5);

    // The floor: nothing but the requests themselves, on a client that is new each time.
    private static async Task AskAllAsync(PodFleet fleet, int pods)
    {
        await using var api = PodFleet.Open();
        await api.ListAsync(new ObjectQuery(ResourceKind.Pods, fleet.Namespace, "app=gc-agent"), null, CancellationToken.None);
        await Parallel.ForEachAsync(Enumerable.Range(0, pods), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (index, cancellationToken) =>
        {
            var container = new PodContainer(fleet.Namespace, PodFleet.NameOf(index), "agent");
            var command = new CommandSpec { Program = "tmux", Arguments = ["display-message", "-p", "-t", "=main:", Question] };
            await using var stream = await api.ExecAsync(container, command, cancellationToken);
            await stream.Output.CopyToAsync(Stream.Null, cancellationToken);
            await stream.ExitCode;
        });
    }
}
