using AgentDeck.Cluster.Tests.Access;
using AgentDeck.Testing;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Leadership;

/// <summary>The end of <c>agentdeck run</c> in the midst of a start that takes longer than it waits for.</summary>
[Collection(ClusterCollection.Name)]
public sealed class DrainTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>
{
    private const int Terminated = 128 + 15;

    [ClusterFact]
    public async Task A_start_that_takes_too_long_is_left_to_the_next_engine_which_goes_on_with_the_same_pod()
    {
        await using var scene = await AccessScene.OpenAsync(space);
        await using var first = Start(scene, "slow");
        var uid = await SeePodAsync("slow");

        await first.SignalAsync("TERM");
        await first.EndedAsync();

        Assert.Equal(0, first.ExitCode);
        await using var second = Start(scene, "slow");
        await space.Kubectl.SeeAsync(result => result.ExitCode == 0, "it may go on", "exec", "slow", "-c", "agent", "--", "touch", "/tmp/go");
        await second.SeeRunAsync("k/slow");
        Assert.Equal(uid, await SeePodAsync("slow"));
        Assert.Equal("slow", await space.Kubectl.RunAsync("get", "pods", "-l", "gc-session=slow", "-o", "jsonpath={.items[*].metadata.name}"));
    }

    [ClusterFact]
    public async Task Who_is_asked_twice_ends_at_once()
    {
        await using var scene = await AccessScene.OpenAsync(space);
        await using var engine = Start(scene, "twice");
        await SeePodAsync("twice");

        while (!engine.HasEnded)
        {
            await engine.SignalAsync("TERM");
        }

        await engine.EndedAsync();
        Assert.Equal(Terminated, engine.ExitCode);
    }

    private static EngineProcess Start(AccessScene scene, string agent) => EngineProcess.Start(
        scene.Program,
        scene.Home,
        scene.Environment,
        arguments: ["--config", scene.Configuration(scene.ClusterKubeconfig, "gascity", more: $"""
            image = "{TestImages.Agent}"
            cpu_request = "1m"
            memory_request = "4Mi"

            [[agent]]
            name = "{agent}"
            source = "k"
            command = "exec cat"
            pre_start = ["until test -e /tmp/go; do sleep 0.2; done"]
            """)]);

    private async Task<string> SeePodAsync(string pod) =>
        (await space.Kubectl.SeeAsync(result => result.Output.Length > 0, "its pod is there", "get", "pod", pod, "--ignore-not-found", "-o", "jsonpath={.metadata.uid}")).Output;
}
