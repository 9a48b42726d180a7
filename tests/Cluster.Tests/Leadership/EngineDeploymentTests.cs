using System.Globalization;
using System.Net;
using AgentDeck.Engine.Dialects;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Leadership;

/// <summary>What <c>agentdeck manifests engine</c> prints, with the program itself in it, on a real node.</summary>
[Collection(ClusterCollection.Name)]
public sealed class EngineDeploymentTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>
{
    private const string Fleet = """
        [[source]]
        name = "gc"
        kind = "kubernetes"
        dialect = "gascity"
        image = "agentdeck.test/agent:1"
        cpu_request = "1m"
        memory_request = "1Mi"

        [[agent]]
        name = "coder"
        source = "gc"
        command = "echo at work; exec cat"
        """;

    [ClusterFaultFact]
    public async Task The_engine_starts_what_is_declared_and_hands_over_when_its_pod_is_killed()
    {
        await space.Cluster.Script.LoadEngineAsync(AppContext.BaseDirectory);
        // Only the service network of a whole cluster would lead pods to an API server that listens on loopback.
        await using var server = CuttingProxy.Open(space.Cluster, IPAddress.Any);
        await DeployAsync(await space.Cluster.Script.GatewayAsync(), server.Port);

        await space.Kubectl.RunAsync("rollout", "status", $"deployment/{EngineManifest.Name}", "--timeout=120s");
        await space.WaitForSessionAsync("coder", "agent", "main");
        Assert.Contains("at work", await space.SeeScreenAsync("coder", "agent", "main", "at work"), StringComparison.Ordinal);
        var agent = await UidAsync();
        var leader = await LeaderAsync("");
        var pod = await PodOfAsync(leader);

        await space.Kubectl.RunAsync("delete", "pod", pod, "--grace-period=0", "--force");
        var next = await LeaderAsync(leader);

        Assert.NotEqual(pod, await PodOfAsync(next));
        Assert.Equal(agent, await UidAsync());
        await space.Kubectl.RunAsync("delete", "pod", "coder", "--grace-period=0", "--force");
        await space.Kubectl.SeeAsync(
            result => result.ExitCode == 0 && result.Output.Trim() is { Length: > 0 } uid && uid != agent, "the next leader starts it again", Field("pod", "coder", "{.metadata.uid}"));
    }

    private static string[] Field(string kind, string name, string path) => ["get", kind, name, "-o", $"jsonpath={path}"];

    private async Task DeployAsync(string host, int port)
    {
        var folder = Directory.CreateTempSubdirectory("agentdeck-deployment-").FullName;
        try
        {
            var (fleet, manifest) = (Path.Combine(folder, "agents.toml"), Path.Combine(folder, "engine.yaml"));
            await File.WriteAllTextAsync(fleet, Fleet);
            await File.WriteAllTextAsync(manifest, EngineManifest.Write("gascity", space.Name, TestImages.Engine));
            await space.Kubectl.RunAsync("create", "configmap", EngineManifest.Name, $"--from-file={fleet}");
            await space.Kubectl.RunAsync("apply", "-f", manifest);
            await space.Kubectl.RunAsync(
                "set", "env", $"deployment/{EngineManifest.Name}", $"KUBERNETES_SERVICE_HOST={host}", $"KUBERNETES_SERVICE_PORT={port.ToString(CultureInfo.InvariantCulture)}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<string> UidAsync() => (await space.Kubectl.RunAsync(Field("pod", "coder", "{.metadata.uid}"))).Trim();

    private async Task<string> LeaderAsync(string before) => (await space.Kubectl.SeeAsync(
        result => result.ExitCode == 0 && result.Output.Trim() is { Length: > 0 } holder && holder != before, "another leads", Field("lease", "agentdeck", "{.spec.holderIdentity}"))).Output.Trim();

    // An engine is called by its host, which is its pod's name, and something of its own.
    private async Task<string> PodOfAsync(string holder)
    {
        var pods = await space.Kubectl.RunAsync("get", "pods", "-l", $"app.kubernetes.io/name={EngineManifest.Name}", "-o", "jsonpath={.items[*].metadata.name}");
        return Assert.Single(pods.Split(' '), pod => holder.Contains(pod, StringComparison.Ordinal));
    }
}
