using System.Text;
using AgentDeck.Cluster.Tests.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing.Cluster;
using AgentDeck.Testing.Kubernetes;
using Xunit.Abstractions;

namespace AgentDeck.Cluster.Tests.Faults;

/// <summary>A deck whose connections to a cluster are cut while the cluster goes on, and changes behind its back.</summary>
[Collection(FaultCollection.Name)]
public sealed class ConnectionFaultTests(ClusterNamespace space, ITestOutputHelper output) : IClassFixture<ClusterNamespace>
{
    private ClusterScript Script => space.Cluster.Script;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [ClusterFaultFact]
    public async Task An_exec_stream_that_is_cut_comes_back_by_itself_and_its_source_stays_live()
    {
        await using var proxy = CuttingProxy.Open(space.Cluster);
        await using var scene = await FaultScene.OpenAsync(space, output, proxy, "cut", "cut-too");
        var (cut, too) = (scene.UidOf("cut"), scene.UidOf("cut-too"));

        for (var round = 0; round < 3; round++)
        {
            var before = Now;
            proxy.CutStreams();
            await scene.History.SeeOldAsync(before, FaultScene.IdOf("cut"), FaultScene.IdOf("cut-too"));
            await scene.History.SeeCurrentAsync(before, FaultScene.IdOf("cut"), FaultScene.IdOf("cut-too"));
        }

        scene.History.AssertAlwaysRan(FaultScene.IdOf("cut"), cut);
        scene.History.AssertAlwaysRan(FaultScene.IdOf("cut-too"), too);
        scene.History.AssertSourceStayedLive();
        await scene.AssertWorksAsync();
    }

    [ClusterFaultFact]
    public async Task A_watch_that_is_cut_goes_on_where_it_was_without_another_list()
    {
        await using var proxy = CuttingProxy.Open(space.Cluster);
        await using var scene = await FaultScene.OpenAsync(space, output, proxy, "watched");
        using var load = new LoadMeter(proxy.Address);
        var uid = scene.UidOf("watched");

        var before = Now;
        proxy.CutRequests();
        await scene.History.SeeOldAsync(before, FaultScene.IdOf("watched"));
        await scene.History.SeeCurrentAsync(before, FaultScene.IdOf("watched"));
        await space.StartGasCityAsync(FaultScene.Sketch("later"));
        await scene.Deck.SeeAsync("k/later", status => status.Phase == AgentPhase.Running);

        Assert.NotEqual(0, load.RequestsOf("WATCH"));
        Assert.Equal(0, load.RequestsOf("LIST"));
        scene.History.AssertAlwaysRan(FaultScene.IdOf("watched"), uid);
    }

    [ClusterFaultFact]
    public async Task After_etcd_was_compacted_the_cut_watch_is_gone_and_a_list_tells_what_became_of_everybody()
    {
        await using var proxy = CuttingProxy.Open(space.Cluster);
        await using var scene = await FaultScene.OpenAsync(space, output, proxy, "survivor", "deleted", "recreated", "ended");
        using var load = new LoadMeter(proxy.Address);
        var (survivor, deleted, recreated, ended) = (scene.UidOf("survivor"), scene.UidOf("deleted"), scene.UidOf("recreated"), scene.UidOf("ended"));
        AgentId[] all = [.. new[] { "survivor", "deleted", "recreated", "ended" }.Select(FaultScene.IdOf)];

        var cut = Now;
        proxy.Refuse();
        await scene.History.SeeOldAsync(cut, all);
        await Task.WhenAll(
            space.Kubectl.DeleteAsync("pod/deleted", graceSeconds: 0),
            RecreateAsync("recreated"),
            space.Kubectl.ExecAsync("ended", "agent", "tmux", "kill-session", "-t", "=main"));
        var over = Now;
        await Script.CompactAsync();
        await Script.StopAsync(ClusterComponent.ApiServer);
        await Script.StartAsync(ClusterComponent.ApiServer);
        Assert.Equal(4, scene.Deck.Fleet.Agents.Count);
        Assert.Equal(0, load.RequestsOf("LIST"));
        var allowed = Now;
        proxy.Allow();
        await scene.History.SeeCurrentAsync(allowed, FaultScene.IdOf("survivor"));
        await scene.History.SeeAsync("the deleted one gone after", allowed, fleet => !fleet.Agents.ContainsKey(FaultScene.IdOf("deleted")));
        await scene.History.SeeAsync("the ended one told after", allowed, fleet => fleet.Agents[FaultScene.IdOf("ended")].Status.Phase != AgentPhase.Running);
        await scene.History.SeeCurrentAsync(allowed, FaultScene.IdOf("recreated"));

        Assert.NotEqual(0, load.RequestsOf("LIST"));
        Assert.NotEqual(recreated, scene.UidOf("recreated"));
        scene.History.AssertAlwaysRan(FaultScene.IdOf("survivor"), survivor);
        scene.History.AssertNeverCurrentAfter(over, FaultScene.IdOf("deleted"), deleted);
        scene.History.AssertNeverCurrentAfter(over, FaultScene.IdOf("recreated"), recreated);
        scene.History.AssertNeverCurrentAfter(over, FaultScene.IdOf("ended"), ended);
        scene.History.AssertNeverGone(FaultScene.IdOf("ended"), FaultScene.IdOf("recreated"));
        await scene.AssertWorksAsync();
    }

    [ClusterFaultFact]
    public async Task A_pod_that_takes_the_name_of_another_is_another_from_its_first_instant()
    {
        await using var scene = await FaultScene.OpenAsync(space, output, null, "twin");
        var id = FaultScene.IdOf("twin");
        var first = scene.UidOf("twin");

        await RecreateAsync("twin");

        await scene.Deck.SeeAsync("k/twin", status => status.Pod!.Uid != first && status is { Phase: AgentPhase.Running, Activity: not Activity.None });
        await scene.History.SeeCurrentAsync(Now, id);
        scene.History.AssertOnlyForward(id, first, scene.UidOf("twin"));
        await scene.AssertWorksAsync();
    }

    [ClusterFaultTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_followed_log_that_is_cut_goes_on_with_the_next_line(bool isServerKilled)
    {
        await space.StartAsync(PodSketches.OddJobs(isServerKilled ? "killed" : "cut", "i=0; while :; do i=$((i+1)); echo line $i; sleep 0.05; done"));
        await using var proxy = CuttingProxy.Open(space.Cluster);
        await using var deck = ClusterDeck.Open(space, "oddjobs", spec => spec with { Kubeconfig = proxy.Kubeconfig });
        var agent = isServerKilled ? "k/killed" : "k/cut";
        await deck.SeeAsync(agent, status => status.Phase == AgentPhase.Running);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var lines = new List<string>();
        var target = 20;
        await foreach (var piece in deck.FollowLogAsync(agent, deadline.Token))
        {
            lines.AddRange(Encoding.UTF8.GetString(piece.Span).TrimEnd('\n').Split('\n'));
            if (lines.Count < target)
            {
                continue;
            }

            if (target == 100)
            {
                break;
            }

            target = 100;
            if (isServerKilled)
            {
                await Script.StopAsync(ClusterComponent.ApiServer);
                await Script.StartAsync(ClusterComponent.ApiServer);
            }
            else
            {
                proxy.CutRequests();
            }
        }

        Assert.Single(lines, line => line.StartsWith("── ", StringComparison.Ordinal));
        var numbers = lines.Where(line => line.StartsWith("line ", StringComparison.Ordinal)).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => $"line {number}"), numbers);
    }

    // With the same name, as soon as the name is free.
    private async Task RecreateAsync(string agent)
    {
        await space.Kubectl.DeleteAsync($"pod/{agent}", graceSeconds: 0);
        await space.StartGasCityAsync(FaultScene.Sketch(agent));
    }
}
