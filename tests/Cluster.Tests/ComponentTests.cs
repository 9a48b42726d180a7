using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests;

/// <summary>Components can be killed, stopped and started again, and pods outlive that: what every fault test builds on.</summary>
[Collection(FaultCollection.Name)]
public sealed class ComponentTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>
{
    private ClusterScript Script => space.Cluster.Script;

    [ClusterFaultFact]
    public async Task A_pod_outlives_the_kill_of_every_component()
    {
        var pod = await space.StartGasCityAsync(new GasCitySketch("survivor") { IsStaged = false });
        var uid = await UidAsync(pod);
        var server = await space.Kubectl.ExecAsync(pod, "agent", "tmux", "display-message", "-p", "#{pid}");

        foreach (var component in Enum.GetValues<ClusterComponent>())
        {
            var before = await Script.ProcessIdAsync(component);
            await Script.StopAsync(component);
            await Assert.ThrowsAsync<InvalidOperationException>(() => Script.ProcessIdAsync(component));
            await Script.StartAsync(component);
            Assert.NotEqual(before, await Script.ProcessIdAsync(component));
        }

        var asked = await space.Kubectl.SeeAsync(
            result => result.ExitCode == 0, "exec works again", "exec", pod, "-c", "agent", "--", "tmux", "display-message", "-p", "#{pid}");
        Assert.Equal(server, asked.Output);
        Assert.Equal(uid, await UidAsync(pod));
    }

    [ClusterFaultFact]
    public async Task A_paused_api_server_takes_connections_and_answers_nothing_until_it_is_resumed()
    {
        await Script.PauseAsync(ClusterComponent.ApiServer);
        var asked = await space.Kubectl.TryRunAsync("get", "pods", "--request-timeout=1s");
        await Script.ResumeAsync(ClusterComponent.ApiServer);

        Assert.NotEqual(0, asked.ExitCode);
        await space.Kubectl.SeeAsync(result => result.ExitCode == 0, "it answers again", "get", "pods");
    }

    [ClusterFaultFact]
    public async Task After_etcd_was_compacted_and_the_api_server_started_again_an_old_watch_is_gone()
    {
        var path = $"/api/v1/namespaces/{space.Name}/configmaps";
        await space.Kubectl.RunAsync("create", "configmap", "before");
        var version = (await space.Kubectl.GetAsync("configmap", "before")).GetProperty("metadata").GetProperty("resourceVersion").GetString();
        await space.Kubectl.RunAsync("create", "configmap", "after");
        var watch = new[] { "get", "--raw", $"{path}?watch=1&timeoutSeconds=1&resourceVersion={version}" };
        Assert.Contains("\"after\"", await space.Kubectl.RunAsync(watch), StringComparison.Ordinal);

        Assert.True(await Script.CompactAsync() > long.Parse(version!, System.Globalization.CultureInfo.InvariantCulture));
        await Script.StopAsync(ClusterComponent.ApiServer);
        await Script.StartAsync(ClusterComponent.ApiServer);

        var asked = await space.Kubectl.TryRunAsync(watch);
        Assert.Contains("too old resource version", asked.Output + asked.Error, StringComparison.Ordinal);
    }

    private async Task<string?> UidAsync(string pod) =>
        (await space.Kubectl.GetAsync("pod", pod)).GetProperty("metadata").GetProperty("uid").GetString();
}
