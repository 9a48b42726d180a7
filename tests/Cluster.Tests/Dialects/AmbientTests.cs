using System.Globalization;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Dialects;

[Collection(ClusterCollection.Name)]
public sealed class AmbientTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>
{
    [ClusterFact]
    public async Task A_session_becomes_an_agent_gets_its_runner_is_stopped_and_goes()
    {
        await DefineAsync();
        await using var deck = ClusterDeck.Open(space, "ambient");
        await deck.SeeFleetAsync(fleet => fleet.Sources.Single().Link == SourceLink.Live);

        await space.Kubectl.CreateAsync(AmbientSketches.Session("s-1"));
        var agent = await deck.SeeAsync("k/s-1", status => status.Phase == AgentPhase.Pending);
        Assert.Null(agent.Status.Pod);
        Assert.Contains(new Fact("repo", "https://example.test/repo.git (main)"), agent.Status.Facts);

        await space.StartAsync(AmbientSketches.Runner("s-1", await UidAsync("s-1")));
        await SayAsync("s-1", "Running");
        agent = await deck.SeeAsync("k/s-1", status => status is { Phase: AgentPhase.Running, Reason: "Running", Pod: not null, IsLogOnly: true });
        Assert.Contains(agent.Status.Conditions, condition => condition is { Type: "Ready", Status: ConditionStatus.True });
        Assert.Contains(agent.Status.Facts, fact => fact is { Name: "stops", At: not null });
        await deck.SeePaneAsync("k/s-1", "serving");
        await deck.AttachAsync("k/s-1", "echo in $((6*7))\n", "in 42");

        Assert.Equal(OperationOutcome.Succeeded, (await deck.DoAsync("k/s-1", new SessionCommand.Stop())).Outcome);
        // The platform is asked too, because it would give the session another pod.
        var annotations = (await space.Kubectl.GetAsync("agenticsession", "s-1")).GetProperty("metadata").GetProperty("annotations");
        Assert.Equal("Stopped", annotations.GetProperty("ambient-code.io/desired-phase").GetString());

        await SayAsync("s-1", "Stopped");
        await deck.SeeAsync("k/s-1", status => status is { Phase: AgentPhase.Stopped, Pod: null });
        await space.Kubectl.DeleteAsync("agenticsession/s-1");
        await deck.SeeFleetAsync(fleet => fleet.Agents.IsEmpty);
    }

    [ClusterFact]
    public async Task A_runner_that_died_beats_a_session_that_is_said_to_run()
    {
        await DefineAsync();
        await space.Kubectl.CreateAsync(AmbientSketches.Session("s-2"));
        await space.Kubectl.CreateAsync(AmbientSketches.Runner("s-2", await UidAsync("s-2"), "echo oops; exit 2"));
        await SayAsync("s-2", "Running");
        await using var deck = ClusterDeck.Open(space, "ambient");

        // Its sidecar still runs, so the pod does too.
        var agent = await deck.SeeAsync("k/s-2", status => status is { Phase: AgentPhase.Failed, ExitCode: 2 });

        Assert.Equal("Running", agent.Status.Pod!.Phase);
        Assert.Contains("oops", await deck.PeekAsync("k/s-2"), StringComparison.Ordinal);
    }

    private async Task DefineAsync()
    {
        await space.Kubectl.ApplyAsync(AmbientSketches.Definition());
        await space.Kubectl.WaitAsync($"crd/{AmbientSketches.DefinitionName}", "condition=Established");
    }

    private async Task<string> UidAsync(string session) =>
        (await space.Kubectl.GetAsync("agenticsession", session)).GetProperty("metadata").GetProperty("uid").GetString()!;

    private Task SayAsync(string session, string phase)
    {
        var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return space.Kubectl.ReplaceStatusAsync(AmbientSketches.PathOf(space.Name, session), new JsonObject
        {
            ["phase"] = phase,
            ["startTime"] = now,
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Ready",
                ["status"] = phase == "Running" ? "True" : "False",
                ["reason"] = phase == "Running" ? "Running" : "UserStopped",
                ["lastTransitionTime"] = now,
            }),
        });
    }
}
