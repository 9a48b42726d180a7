using System.Collections.Immutable;
using AgentDeck.Cluster.Tests.Dialects;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Faults;

/// <summary>Declared agents are as declared again after their cluster broke in the midst of something, each once.</summary>
[Collection(FaultCollection.Name)]
public sealed class RecoveryTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>
{
    private ClusterScript Script => space.Cluster.Script;

    [ClusterFaultFact]
    public async Task Starts_that_the_fall_of_the_api_server_cut_short_are_finished_with_one_pod_each()
    {
        string[] names = ["cut-1", "cut-2", "cut-3", "cut-4"];
        await using var deck = Open(names);
        await deck.SeeFleetAsync(fleet => fleet.Agents.Values.Any(agent => agent.Status.Pod is not null));

        await Script.StopAsync(ClusterComponent.ApiServer);
        await Script.StartAsync(ClusterComponent.ApiServer);

        await AllAreUpAsync(deck, names);
        await AssertOnePodEachAsync(names);
        await AssertFinishedAsync(names);
    }

    [ClusterFaultFact]
    public async Task Sessions_that_the_fall_of_the_api_server_caught_before_they_were_set_up_are_set_up_and_not_started_again()
    {
        string[] names = ["held-1", "held-2", "held-3", "held-4"];
        // Each line may take half a minute, so all of them are caught however slowly they come up.
        const string Hold = "touch /tmp/held; until [ -e /tmp/let-go ]; do sleep 0.2; done";
        await using var deck = Open(new AgentSetup { SessionSetup = [Hold, Hold, Hold, Hold, "touch /tmp/set-up"] }, "echo begun >> /tmp/starts; exec cat", names);
        foreach (var name in names)
        {
            await space.Kubectl.SeeAsync(result => result.ExitCode == 0, "it is being set up", "exec", name, "-c", "agent", "--", "test", "-e", "/tmp/held");
        }

        await Script.StopAsync(ClusterComponent.ApiServer);
        await Script.StartAsync(ClusterComponent.ApiServer);
        foreach (var name in names)
        {
            await space.Kubectl.SeeAsync(result => result.ExitCode == 0, "it is let go", "exec", name, "-c", "agent", "--", "touch", "/tmp/let-go");
        }

        await AllAreUpAsync(deck, names);
        await AssertOnePodEachAsync(names);
        await AssertFinishedAsync(names);
        foreach (var name in names)
        {
            Assert.Equal("begun\n", await space.Kubectl.ExecAsync(name, "agent", "cat", "/tmp/starts"));
            await space.Kubectl.ExecAsync(name, "agent", "test", "-e", "/tmp/set-up");
        }
    }

    [ClusterFaultFact]
    public async Task Agents_come_back_once_each_after_their_node_lost_its_power()
    {
        string[] names = ["node-1", "node-2", "node-3"];
        await using var deck = Open(names);
        await AllAreUpAsync(deck, names);
        var before = names.Select(name => deck.Fleet.Agents[IdOf(name)].Status.Pod!.Uid).ToArray();

        await Script.RebootNodeAsync();

        await deck.SeeFleetAsync(fleet => names.Zip(before).All(pair => fleet.Agents[IdOf(pair.First)] is var agent && IsUp(agent) && agent.Status.Pod!.Uid != pair.Second));
        await AssertOnePodEachAsync(names);
        Assert.All(names, name => Assert.Equal(1, deck.Fleet.Agents[IdOf(name)].Upkeep.Restarts));
    }

    private static AgentId IdOf(string name) => new("k", "", name);

    private static bool IsUp(Agent agent) =>
        agent.Status.Phase == AgentPhase.Running && agent.Conditions.Any(condition => condition is { Type: ConditionTypes.Reconciled, Reason: "AsDeclared" });

    private static Task<FleetSnapshot> AllAreUpAsync(ClusterDeck deck, string[] names) =>
        deck.SeeFleetAsync(fleet => names.All(name => fleet.Agents.TryGetValue(IdOf(name), out var agent) && IsUp(agent)));

    private ClusterDeck Open(params string[] names) => Open(AgentSetup.None, "exec cat", names);

    private ClusterDeck Open(AgentSetup setup, string command, params string[] names) => ClusterDeck.Open(
        space,
        "gascity",
        spec => spec with { IgnoresEnvironment = true, GasCityPods = new GasCityPodSettings(TestImages.Agent, CpuRequest: "1m", MemoryRequest: "4Mi") },
        [.. names.Select(name => new AgentSpec(name, "k", command, "", ImmutableDictionary<string, string>.Empty, DesiredState.Running, RestartPolicy.OnFailure, null) { Pod = new PodDeclaration(), Setup = setup })]);

    private async Task AssertFinishedAsync(string[] names)
    {
        foreach (var name in names)
        {
            Assert.Equal("done\n", await space.Kubectl.ExecAsync(name, "agent", "tmux", "show-options", "-v", "-t", "=main:", "@agentdeck_setup"));
        }
    }

    private async Task AssertOnePodEachAsync(string[] names)
    {
        var pods = await space.Kubectl.RunAsync("get", "pods", "-o", "jsonpath={range .items[*]}{.metadata.labels.gc-session} {end}");
        Assert.Equal(names, pods.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(names.Contains).Order(StringComparer.Ordinal));
    }
}
