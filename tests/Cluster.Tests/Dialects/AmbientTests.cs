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

    [ClusterFact]
    public async Task A_project_says_when_idle_sessions_are_stopped()
    {
        await DefineAsync();
        await space.Kubectl.ApplyAsync(AmbientSketches.ProjectDefinition());
        await space.Kubectl.WaitAsync("crd/projectsettings.vteam.ambient-code", "condition=Established");
        var session = AmbientSketches.Session("s-3");
        session["spec"]!.AsObject().Remove("inactivityTimeout");
        await space.Kubectl.CreateAsync(session);
        await space.StartAsync(AmbientSketches.Runner("s-3", await UidAsync("s-3")));
        await SayAsync("s-3", "Running");
        await using var deck = ClusterDeck.Open(space, "ambient");
        var since = (await deck.SeeAsync("k/s-3", status => Fact(status, "stops") == "if it stays idle, by the platform's default")).Status.Facts.Single(fact => fact.Name == "idle since").At;

        await space.Kubectl.CreateAsync(AmbientSketches.Project(7200));

        var agent = await deck.SeeAsync("k/s-3", status => Fact(status, "stops") == "if it stays idle");
        Assert.Equal(since + TimeSpan.FromHours(2), agent.Status.Facts.Single(fact => fact.Name == "stops").At);
        await space.Kubectl.DeleteAsync("projectsettings/projectsettings");
        await deck.SeeAsync("k/s-3", status => Fact(status, "stops") == "if it stays idle, by the platform's default");
    }

    [ClusterFact]
    public async Task A_platform_that_is_installed_later_than_the_deck_was_started_needs_no_restart_of_it()
    {
        var elsewhere = await space.Kubectl.TryRunAsync("get", "agenticsessions", "-A", "-o", "jsonpath={.items[*].metadata.namespace}");
        Assert.All(elsewhere.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries), place => Assert.StartsWith("test-", place, StringComparison.Ordinal));
        await space.Kubectl.RunAsync("delete", "crd", AmbientSketches.DefinitionName, "--ignore-not-found");
        await using var deck = ClusterDeck.Open(space, "ambient");
        await deck.SeeFleetAsync(fleet => fleet.Sources.Single() is { Link: SourceLink.Live, Error: null });

        await DefineAsync();
        await space.Kubectl.CreateAsync(AmbientSketches.Session("s-4"));

        await deck.SeeAsync("k/s-4", status => status.Phase == AgentPhase.Pending);
    }

    private static string? Fact(AgentStatus status, string name) => status.Facts.FirstOrDefault(fact => fact.Name == name)?.Value;

    [ClusterFact]
    public async Task A_session_is_started_by_asking_the_platform_and_keeps_what_others_wrote()
    {
        await DefineAsync();
        await space.Kubectl.CreateAsync(AmbientSketches.Session("s-5"));
        await space.Kubectl.RunAsync("annotate", "agenticsession", "s-5", "others.example/key=kept");
        await SayAsync("s-5", "Stopped");
        await using var deck = ClusterDeck.Open(space, "ambient");
        // It is declared nowhere: the platform knows how to start it.
        await deck.SeeAsync("k/s-5", status => status is { Phase: AgentPhase.Stopped, IsStartable: true });

        var starting = deck.DoAsync("k/s-5", new SessionCommand.Start());
        await space.Kubectl.SeeAsync(result => result.Output == "Running", "the platform is asked", "get", "agenticsession", "s-5", "-o", "jsonpath={.metadata.annotations.ambient-code\\.io/desired-phase}");
        var annotations = (await space.Kubectl.GetAsync("agenticsession", "s-5")).GetProperty("metadata").GetProperty("annotations");
        Assert.Equal("kept", annotations.GetProperty("others.example/key").GetString());
        Assert.Matches("^20.*Z$", annotations.GetProperty("ambient-code.io/start-requested-at").GetString());
        Assert.False(starting.IsCompleted);

        // What the operator of the platform does.
        await space.StartAsync(AmbientSketches.Runner("s-5", await UidAsync("s-5")));
        await SayAsync("s-5", "Running");
        await space.Kubectl.RunAsync("annotate", "agenticsession", "s-5", "ambient-code.io/desired-phase-");

        Assert.Equal(new OperationResult(OperationOutcome.Succeeded, "started"), await starting);
        await space.Kubectl.DeleteAsync("agenticsession/s-5");
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
