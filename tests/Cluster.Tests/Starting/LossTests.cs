using System.Collections.Immutable;
using System.Text.Json;
using AgentDeck.Cluster.Tests.Access;
using AgentDeck.Cluster.Tests.Dialects;
using AgentDeck.Engine;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Starting;

/// <summary>Pods of declared agents that go: those that somebody else deletes come back, those that an operator stopped do not, in any engine.</summary>
[Collection(ClusterCollection.Name)]
public sealed class LossTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ad-loss-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ClusterFact]
    public async Task Pods_that_are_deleted_behind_its_back_come_back_as_one_pod_each_if_their_policy_says_so()
    {
        await using var deck = Open(Spec("lost-1"), Spec("lost-2"), Spec("lost-3", RestartPolicy.Always), Spec("lost-never", RestartPolicy.Never));
        var before = new Dictionary<string, string>();
        foreach (var name in (string[])["lost-1", "lost-2", "lost-3", "lost-never"])
        {
            before[name] = await RunsAsync(deck, name);
        }

        await Task.WhenAll(
            space.Kubectl.RunAsync("delete", "pod", "lost-1", "--grace-period=1", "--wait=false"),
            space.Kubectl.RunAsync("delete", "pod", "lost-2", "--grace-period=0", "--force"),
            space.Kubectl.RunAsync("delete", "pod", "lost-3", "lost-never", "--grace-period=1", "--wait=false"));

        foreach (var name in (string[])["lost-1", "lost-2", "lost-3"])
        {
            await deck.SeeAsync($"k/{name}", status => status is { Phase: AgentPhase.Running } && status.Pod!.Uid != before[name]);
            Assert.Contains(deck.Store.RecentEvents, happened => happened is PhaseChanged { Id.Name: var id, Reason: "PodDeleted" } && id == name
                && FleetEventText.Describe(happened).EndsWith("failed (PodDeleted: its pod was deleted by someone else)", StringComparison.Ordinal));
        }

        var left = await deck.SeeAsync("k/lost-never", status => status is { Phase: AgentPhase.Failed, Reason: "PodDeleted", Pod: null });
        await deck.SeeFleetAsync(fleet => fleet.Agents[left.Id].Conditions.Any(condition => condition is { Type: ConditionTypes.Reconciled, Reason: "Ended" }));
        var pods = await PodsAsync();
        Assert.Equal(["lost-1", "lost-2", "lost-3"], pods.Select(pod => pod.Agent).Where(agent => agent.StartsWith("lost", StringComparison.Ordinal)));
    }

    [ClusterFact]
    public async Task What_an_operator_stops_stays_stopped_in_every_engine_whichever_was_asked()
    {
        // What comes back in the end shows that there was time enough for what must not.
        ImmutableArray<AgentSpec> agents = [Spec("stopped-here", RestartPolicy.Always), Spec("stopped-there", RestartPolicy.Always), Spec("canary", RestartPolicy.Always)];
        await using var leader = Open(agents);
        var canary = await RunsAsync(leader, "canary");
        await RunsAsync(leader, "stopped-here");
        await RunsAsync(leader, "stopped-there");
        await using var other = Open(agents);
        await other.SeeFleetAsync(fleet => fleet.Sources.Single().Lead?.EndsWith(" leads", StringComparison.Ordinal) == true);
        await RunsAsync(other, "stopped-here");
        await RunsAsync(other, "stopped-there");

        await DoAsync(leader, "stopped-here", new SessionCommand.Stop());
        await DoAsync(other, "stopped-there", new SessionCommand.Stop());
        foreach (var deck in (ClusterDeck[])[leader, other])
        {
            await deck.SeeAsync("k/stopped-here", status => status is { Phase: AgentPhase.Stopped, Reason: "StoppedOnRequest", Pod: null });
            await deck.SeeAsync("k/stopped-there", status => status is { Phase: AgentPhase.Stopped, Reason: "StoppedOnRequest", Pod: null });
        }

        await space.Kubectl.RunAsync("delete", "pod", "canary", "--grace-period=0", "--force");
        await leader.SeeAsync("k/canary", status => status is { Phase: AgentPhase.Running } && status.Pod!.Uid != canary);
        await leader.SeeFleetAsync(fleet => fleet.Agents.Values.Count(agent => agent.Conditions.Any(condition => condition is { Type: ConditionTypes.Reconciled, Reason: "StoppedOnRequest" })) == 2);
        Assert.DoesNotContain(await PodsAsync(), pod => pod.Agent.StartsWith("stopped", StringComparison.Ordinal));
        foreach (var deck in (ClusterDeck[])[leader, other])
        {
            Assert.DoesNotContain(deck.Store.RecentEvents, happened => happened is PhaseChanged { To: AgentPhase.Failed, Id.Name: "stopped-here" or "stopped-there" });
        }

        await DoAsync(other, "stopped-here", new SessionCommand.Start());
        await RunsAsync(leader, "stopped-here");
        await DoAsync(other, "stopped-here", new SessionCommand.Restart());
        await RunsAsync(leader, "stopped-here");
        Assert.Single(await PodsAsync(), pod => pod.Agent == "stopped-here");
    }

    [ClusterFact]
    public async Task The_next_engine_leaves_stopped_what_was_stopped_and_takes_pods_that_went_meanwhile_for_lost()
    {
        ImmutableArray<AgentSpec> agents = [Spec("next-stopped", RestartPolicy.Always), Spec("next-lost"), Spec("next-never", RestartPolicy.Never)];
        var options = new EngineOptions { JournalDirectory = Path.Combine(_folder, "journal") };
        await using (var first = ClusterDeck.Open(space, "gascity", options, Configure, agents))
        {
            foreach (var agent in agents)
            {
                await RunsAsync(first, agent.Name);
            }

            await DoAsync(first, "next-stopped", new SessionCommand.Stop());
        }

        await space.Kubectl.RunAsync("delete", "pod", "next-lost", "next-never", "--grace-period=0", "--force");
        await using var second = ClusterDeck.Open(space, "gascity", options, Configure, agents);

        await RunsAsync(second, "next-lost");
        await second.SeeAsync("k/next-stopped", status => status is { Phase: AgentPhase.Stopped, Reason: "StoppedOnRequest" });
        await second.SeeAsync("k/next-never", status => status is { Phase: AgentPhase.Failed, Reason: "PodGone" });
        Assert.Equal(["next-lost"], (await PodsAsync()).Select(pod => pod.Agent).Where(agent => agent.StartsWith("next", StringComparison.Ordinal)));
    }

    [ClusterFact]
    public async Task A_pod_that_cannot_come_up_can_be_stopped_and_is_gone_then()
    {
        await using var deck = Open(Spec("hopeless") with { Pod = new PodDeclaration { Image = "agentdeck.test/nothing:1" } });
        await deck.SeeAsync("k/hopeless", status => status is { Phase: AgentPhase.Pending, Pod: not null });

        await DoAsync(deck, "hopeless", new SessionCommand.Stop());

        await deck.SeeAsync("k/hopeless", status => status is { Phase: AgentPhase.Stopped, Pod: null });
        Assert.DoesNotContain(await PodsAsync(), pod => pod.Agent == "hopeless");
    }

    [ClusterFact]
    public async Task Who_may_not_mark_pods_stops_them_all_the_same_and_remembers_it_alone()
    {
        await using var scene = await AccessScene.OpenAsync(space);
        var token = await scene.TokenAsync("markless", "markless");
        var role = RoleManifest.Write("gascity", space.Name, readOnly: false, "markless").Replace("\"patch\"", "\"list\"", StringComparison.Ordinal);
        await space.Kubectl.RunAsync("apply", "-f", scene.Write("markless.yaml", role));
        await space.Kubectl.RunAsync("create", "role", "leader", "--verb=get,create,patch", "--resource=leases.coordination.k8s.io");
        await space.Kubectl.RunAsync("create", "rolebinding", "leader", "--role=leader", $"--serviceaccount={space.Name}:markless");
        await using var deck = ClusterDeck.Open(space, "gascity", spec => Configure(spec) with { Kubeconfig = scene.Kubeconfig($"token: {token}") }, Spec("unmarked", RestartPolicy.Always));
        await RunsAsync(deck, "unmarked");

        await DoAsync(deck, "unmarked", new SessionCommand.Stop());

        var stopped = await deck.SeeAsync("k/unmarked", status => status is { Phase: AgentPhase.Stopped, Reason: "StoppedOnRequest", Pod: null });
        await deck.SeeFleetAsync(fleet => fleet.Agents[stopped.Id].Conditions.Any(condition => condition is { Type: ConditionTypes.Reconciled, Reason: "StoppedOnRequest" }));
        Assert.DoesNotContain(await PodsAsync(), pod => pod.Agent == "unmarked");
    }

    [ClusterFact]
    public async Task A_pod_is_marked_though_it_changed_meanwhile_and_another_of_its_name_never_is()
    {
        await space.StartAsync(PodSketches.GasCity(new GasCitySketch("versions") { IsStaged = false }));
        await using var api = new KubernetesConnector(new LocalCommandRunner(TimeProvider.System), Environment.GetEnvironmentVariable, TimeProvider.System, () => 0.5).Open(null, space.Cluster.Kubeconfig);
        var removal = new PodRemoval(api);
        var old = await ReadAsync();
        await space.Kubectl.RunAsync("label", "pod", "versions", "changed=yes");

        // What is decided from how the pod looked is not done to one that looks otherwise.
        Assert.False(await removal.ReplaceAsync(old, CancellationToken.None));
        Assert.Null(EndMark.Of(await ReadAsync()));

        // What holds however it looks is.
        await removal.MarkAsync(old, EndMark.Stopped, CancellationToken.None);
        Assert.Equal(EndMark.Stopped, EndMark.Of(await ReadAsync()));
        await removal.MarkAsync(old, null, CancellationToken.None);
        Assert.Null(EndMark.Of(await ReadAsync()));

        var twin = old with { Uid = "00000000-0000-0000-0000-000000000000" };
        await removal.MarkAsync(twin, EndMark.Stopped, CancellationToken.None);
        Assert.Null(EndMark.Of(await ReadAsync()));
        Assert.False(await removal.DeleteAsync(twin, CancellationToken.None));
        Assert.False(await removal.ReplaceAsync(twin, CancellationToken.None));
        Assert.Null((await ReadAsync()).DeletionTimestamp);

        Assert.True(await removal.ReplaceAsync(await ReadAsync(), CancellationToken.None));

        async Task<Pod> ReadAsync() => PodReader.Read(await space.Kubectl.GetAsync("pod", "versions"), _ => { });
    }

    [ClusterFact]
    public async Task A_command_for_a_pod_runs_in_no_other_of_its_name()
    {
        await space.StartAsync(PodSketches.GasCity(new GasCitySketch("named") { IsStaged = false }));
        await using var api = new KubernetesConnector(new LocalCommandRunner(TimeProvider.System), Environment.GetEnvironmentVariable, TimeProvider.System, () => 0.5).Open(null, space.Cluster.Kubeconfig);
        var pod = PodReader.Read(await space.Kubectl.GetAsync("pod", "named"), _ => { });

        Assert.Equal("here\n", (await RunAsync(pod.Uid)).Output);
        var failure = await Assert.ThrowsAsync<TransportException>(() => RunAsync("00000000-0000-0000-0000-000000000000"));

        Assert.Equal(TransportFault.Unreachable, failure.Fault);

        Task<CommandResult> RunAsync(string uid) => new StreamCommandRunner(new OwnPodTransport(new PodExecTransport(api, new PodContainer(pod.Namespace, pod.Name, "agent")), uid), TimeProvider.System)
            .RunAsync(new CommandSpec { Program = "echo", Arguments = ["here"] }, null, TimeSpan.FromMinutes(1), CancellationToken.None);
    }

    // Until its start is finished, too.
    private static async Task<string> RunsAsync(ClusterDeck deck, string agent)
    {
        var fleet = await deck.SeeFleetAsync(fleet => fleet.Agents.TryGetValue(new AgentId("k", "", agent), out var found)
            && found.Status.Phase == AgentPhase.Running && found.Conditions.Any(condition => condition is { Type: ConditionTypes.Reconciled, Reason: "AsDeclared" }));
        return fleet.Agents[new AgentId("k", "", agent)].Status.Pod!.Uid;
    }

    private static async Task DoAsync(ClusterDeck deck, string agent, SessionCommand command)
    {
        var result = await deck.DoAsync($"k/{agent}", command);
        Assert.True(result.Outcome == OperationOutcome.Succeeded, $"{command} of {agent}: {result.Message}");
    }

    private static AgentSpec Spec(string name, RestartPolicy restart = RestartPolicy.OnFailure) =>
        new(name, "k", "exec cat", "", ImmutableDictionary<string, string>.Empty, DesiredState.Running, restart, null) { Pod = new PodDeclaration() };

    private static KubernetesSourceSpec Configure(KubernetesSourceSpec spec) =>
        spec with { IgnoresEnvironment = true, GasCityPods = new GasCityPodSettings(TestImages.Agent, CpuRequest: "1m", MemoryRequest: "4Mi") };

    private ClusterDeck Open(params ImmutableArray<AgentSpec> agents) => ClusterDeck.Open(space, "gascity", Configure, agents);

    private async Task<IReadOnlyList<(string Agent, string Name)>> PodsAsync()
    {
        using var list = JsonDocument.Parse(await space.Kubectl.RunAsync("get", "pods", "-o", "json"));
        return
        [
            .. from pod in list.RootElement.GetProperty("items").EnumerateArray()
               let metadata = pod.GetProperty("metadata")
               where !metadata.TryGetProperty("deletionTimestamp", out _)
               let agent = metadata.GetProperty("labels").GetProperty("gc-session").GetString()!
               orderby agent
               select (agent, metadata.GetProperty("name").GetString()!),
        ];
    }
}
