using AgentDeck.Testing.Cluster;
using Xunit.Abstractions;

namespace AgentDeck.Cluster.Tests.Faults;

/// <summary>A deck lives through the fall of each component of a cluster, and so do its agents, on screen too.</summary>
[Collection(FaultCollection.Name)]
public sealed class ComponentFaultTests(ClusterNamespace space, ITestOutputHelper output) : IClassFixture<ClusterNamespace>
{
    private ClusterScript Script => space.Cluster.Script;

    [ClusterFaultFact]
    public async Task Nobody_is_gone_when_the_api_server_is_killed_and_started_again()
    {
        await using var scene = await FaultScene.OpenAsync(space, output, null, "killed", "killed-too");

        await scene.SufferAsync(() => Script.StopAsync(ClusterComponent.ApiServer), () => Script.StartAsync(ClusterComponent.ApiServer), "killed", "killed-too");
    }

    [ClusterFaultFact]
    public async Task Nobody_is_gone_when_the_api_server_stops_to_answer_and_goes_on()
    {
        await using var scene = await FaultScene.OpenAsync(space, output, null, "paused", "paused-too");

        await scene.SufferAsync(() => Script.PauseAsync(ClusterComponent.ApiServer), () => Script.ResumeAsync(ClusterComponent.ApiServer), "paused", "paused-too");
    }

    [ClusterFaultFact]
    public async Task Nobody_is_gone_when_the_kubelet_is_killed_and_started_again()
    {
        await using var scene = await FaultScene.OpenAsync(space, output, null, "kubelet");

        await scene.SufferAsync(() => Script.StopAsync(ClusterComponent.Kubelet), () => MendAsync(ClusterComponent.Kubelet, "kubelet"), "kubelet");
    }

    [ClusterFaultFact]
    public async Task Nobody_is_gone_when_containerd_is_killed_and_started_again()
    {
        await using var scene = await FaultScene.OpenAsync(space, output, null, "containerd");

        await scene.SufferAsync(() => Script.StopAsync(ClusterComponent.Containerd), () => MendAsync(ClusterComponent.Containerd, "containerd"), "containerd");
    }

    // Well again is a node once others can run commands on it.
    private async Task MendAsync(ClusterComponent component, string pod)
    {
        await Script.StartAsync(component);
        await space.Kubectl.SeeAsync(result => result.ExitCode == 0, "exec works again", "exec", pod, "-c", "agent", "--", "true");
    }
}
