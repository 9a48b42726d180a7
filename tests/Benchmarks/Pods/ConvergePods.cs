using System.Globalization;
using System.Text.Json;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Testing;

namespace AgentDeck.Benchmarks.Pods;

/// <summary>
/// From nothing to declared agents in pods: <c>agentdeck run</c> against a shell loop of <c>kubectl apply</c> with a <c>kubectl wait</c>
/// after it, in turn. The loop is done when the pods are ready; the engine then still sees the session of each live for three seconds.
/// </summary>
internal static class ConvergePods
{
    private const int Rounds = 3;

    public static async Task RunAsync(string program, int pods)
    {
        var (ready, started, peer) = (new Samples(), new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            await MeasureAsync($"loop-{round}", (playground, fleet) =>
            {
                for (var index = 0; index < pods; index++)
                {
                    File.WriteAllText(Path.Combine(playground.Folder, $"{PodFleet.NameOf(index)}.yaml"), PodFleet.Manifest(PodFleet.NameOf(index), fleet.Namespace, "exec cat"));
                }

                var kubectl = $"kubectl --kubeconfig {PodFleet.Kubeconfig} -n {fleet.Namespace}";
                peer.Add(() => playground.Run("sh", ["-c", $"for pod in agent-*.yaml; do {kubectl} apply -f $pod; done; {kubectl} wait --for=condition=Ready pod --all --timeout=600s"]));
                return Task.CompletedTask;
            });
            await MeasureAsync($"deck-{round}", async (playground, fleet) =>
            {
                File.AppendAllLines(playground.Configuration, [$"image = \"{PodFleet.Image}\"", "cpu_request = \"1m\"", "memory_request = \"4Mi\"",
                    .. Enumerable.Range(0, pods).Select(index => $"\n[[agent]]\nname = \"{PodFleet.NameOf(index)}\"\nsource = \"gc\"\ncommand = \"exec cat\"")]);
                var begun = TimeProvider.System.GetTimestamp();
                await using var engine = EngineProcess.Start(program, playground.Folder, Environment(playground), arguments: ["--config", playground.Configuration]);
                await using (var api = PodFleet.Open())
                {
                    while (await CountReadyAsync(api, fleet.Namespace) < pods)
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
                    }
                }

                ready.AddSince(begun);
                for (var index = 0; index < pods; index++)
                {
                    await engine.SeeStartAsync($"gc/{PodFleet.NameOf(index)}");
                }

                started.AddSince(begun);
            });
        }

        Console.WriteLine($"shell loop of kubectl apply, kubectl wait, {pods} pods: {peer}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"agentdeck run, pods ready:                         {ready}, {ready.Percentile(0.5) / peer.Percentile(0.5):0.00} times the loop"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"agentdeck run, sessions seen to live on:           {started}, {started.Percentile(0.5) / peer.Percentile(0.5):0.00} times the loop"));
    }

    // Each in a namespace of its own, and not while the node still clears up after the one before.
    private static async Task MeasureAsync(string name, Func<Playground, PodFleet, Task> measure)
    {
        using var playground = new Playground();
        await using var fleet = await PodFleet.OpenAsync(playground, name);
        await measure(playground, fleet);
        fleet.Kubectl("-n", fleet.Namespace, "delete", "pods", "--all", "--grace-period=1");
    }

    private static async Task<int> CountReadyAsync(IKubernetesApi api, string space)
    {
        using var page = await api.ListAsync(new ObjectQuery(ResourceKind.Pods, space, null), null, CancellationToken.None);
        return page.Items.Count(pod => pod.GetProperty("status").TryGetProperty("conditions", out var conditions) && conditions.EnumerateArray().Any(IsReady));
    }

    private static bool IsReady(JsonElement condition) => condition.GetProperty("type").GetString() == "Ready" && condition.GetProperty("status").GetString() == "True";

    private static Dictionary<string, string?> Environment(Playground playground) =>
        new(playground.Environment) { ["PATH"] = System.Environment.GetEnvironmentVariable("PATH"), ["DOTNET_ROOT"] = System.Environment.GetEnvironmentVariable("DOTNET_ROOT") };
}
