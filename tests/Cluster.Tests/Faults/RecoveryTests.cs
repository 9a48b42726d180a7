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

    private ClusterDeck Open(params string[] names) => ClusterDeck.Open(
        space,
        "gascity",
        spec => spec with { IgnoresEnvironment = true, GasCityPods = new GasCityPodSettings(TestImages.Agent, CpuRequest: "1m", MemoryRequest: "4Mi") },
        [.. names.Select(name => new AgentSpec(name, "k", "exec cat", "", ImmutableDictionary<string, string>.Empty, DesiredState.Running, RestartPolicy.OnFailure, null) { Pod = new PodDeclaration() })]);

    private async Task AssertOnePodEachAsync(string[] names)
    {
        var pods = await space.Kubectl.RunAsync("get", "pods", "-o", "jsonpath={range .items[*]}{.metadata.labels.gc-session} {end}");
        Assert.Equal(names, pods.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(names.Contains).Order(StringComparer.Ordinal));
    }
}
