using System.Text.Json.Nodes;
using AgentDeck.Cluster.Tests.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Access;

/// <summary>The Role that <c>agentdeck manifests rbac</c> prints is enough for everything, and the smaller one for what is left.</summary>
[Collection(ClusterCollection.Name)]
public sealed class RoleTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>, IAsyncLifetime
{
    private const string Command = "echo at work; exec cat";
    // Ends when it is asked to, not some seconds later.
    private const string Wait = "trap 'exit 0' TERM; sleep infinity & wait";
    private const string Log = $"echo warming up; {Wait}";

    private AccessScene _scene = null!;

    public async Task InitializeAsync() => _scene = TestCluster.WhyNot is null ? await AccessScene.OpenAsync(space) : null!;

    public async Task DisposeAsync() => await (_scene?.DisposeAsync() ?? default);

    [ClusterTheory]
    [InlineData("gascity", "k/mayor", "stopped")]
    [InlineData("scion", "k/grove/coder", "stopped after its grace period")]
    [InlineData("plain", "k/worker", "stopped")]
    public async Task With_the_role_of_its_dialect_an_agent_in_tmux_takes_everything(string dialect, string id, string end)
    {
        await StartAsync(dialect);
        var options = await OptionsAsync(dialect);

        await IsFineAsync(options, "live, ");
        await SaysAsync("\n", ["nudge", id, "hello there", .. options]);
        await SaysAsync("at work\nhello there\nhello there\n", ["peek", id, .. options]);
        await SaysAsync("warming up", ["logs", id, .. options]);
        await SaysAsync("", ["interrupt", id, .. options]);
        await SaysAsync(end, ["stop", id, "--yes", .. options]);
    }

    [ClusterTheory]
    [InlineData("oddjobs", "k/7")]
    [InlineData("ambient", "k/s-1")]
    public async Task With_the_role_of_its_dialect_an_agent_without_tmux_shows_its_log_and_is_stopped(string dialect, string id)
    {
        await StartAsync(dialect, "s-1");
        var options = await OptionsAsync(dialect);

        await IsFineAsync(options, "live, ");
        await SaysAsync("warming up", ["peek", id, .. options]);
        await SaysAsync("warming up", ["logs", id, .. options]);
        await SaysAsync("stopped", ["stop", id, "--yes", .. options]);
    }

    [ClusterFact]
    public async Task Who_may_only_read_sees_agents_run_and_their_logs_and_is_told_why_nothing_else_works()
    {
        await StartAsync("gascity", "reader");
        await _scene.AllowAsync("reader", "gascity", readOnly: true);
        var config = _scene.Kubeconfig($"token: {await _scene.TokenAsync("reader", "reader")}");
        await using var deck = ClusterDeck.Open(space, "gascity", spec => spec with { Kubeconfig = config });

        var agent = await deck.SeeAsync("k/reader", status => status is { Phase: AgentPhase.Running, IsBarred: true });
        Assert.Null(Freshness.LostSince(agent));
        await deck.SeePaneAsync("k/reader", "warming up");

        var fleet = await deck.SeeFleetAsync(fleet => fleet.Sources.Single().Limits.Exec is not null);
        var exec = $"the cluster does not let you create pods/exec in {space.Name}; agentdeck doctor prints the Role that would";
        var limits = fleet.Sources.Single().Limits;
        Assert.Equal((exec, $"the cluster does not let you delete pods in {space.Name}; agentdeck doctor prints the Role that would", null), (limits.Exec, limits.Delete, limits.Log));
        Assert.Equal((SourceLink.Live, null), (fleet.Sources.Single().Link, fleet.Sources.Single().Error));
        Assert.Equal(new OperationResult(OperationOutcome.Refused, exec), await deck.DoAsync("k/reader", new SessionCommand.Nudge("hi", Force: false)));
        Assert.Equal(exec, SessionRules.WhyNoAttach(agent, limits));

        var doctor = await _scene.DoctorAsync(config);
        Assert.Equal(1, doctor.ExitCode);
        Assert.Contains($"ok   source k: you may list, watch pods in {space.Name}: see agents come, change and go\n", doctor.Output, StringComparison.Ordinal);
        Assert.Contains($"FAIL source k: you may not create, get pods/exec in {space.Name}, so you cannot see screens, nudge, interrupt, attach\n", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("     kind: RoleBinding\n", doctor.Output, StringComparison.Ordinal);
        await IsFineAsync(["--config", _scene.Configuration(config, "gascity"), "--read-only"], "live, ");
    }

    [ClusterFact]
    public async Task Who_may_not_list_sessions_sees_their_pods_and_one_line_that_says_so()
    {
        await StartAsync("ambient", "s-2");
        await _scene.AllowAsync("half", "oddjobs");
        var config = _scene.Kubeconfig($"token: {await _scene.TokenAsync("half", "half")}");
        await using var deck = ClusterDeck.Open(space, "ambient", spec => spec with { Kubeconfig = config });

        var agent = await deck.SeeAsync("k/s-2", status => status.Phase == AgentPhase.Running);
        Assert.Empty(agent.Status.Facts);
        var source = (await deck.SeeFleetAsync(fleet => fleet.Sources.Single().Error is not null)).Sources.Single();
        Assert.Equal(SourceLink.Live, source.Link);
        Assert.StartsWith($"only pods are shown, without their sessions: {_scene.Server} forbids to list agenticsessions.vteam.ambient-code in {space.Name}: ", source.Error, StringComparison.Ordinal);

        var doctor = await _scene.DoctorAsync(config, "ambient");
        Assert.Contains($"FAIL source k: you may not list, watch, patch agenticsessions in {space.Name}, so you cannot see sessions, start and stop them\n", doctor.Output, StringComparison.Ordinal);
    }

    // Each writes "warming up" to its log.
    private async Task StartAsync(string dialect, string name = "mayor")
    {
        switch (dialect)
        {
            case "gascity":
                await space.StartGasCityAsync(new GasCitySketch(name) { IsStaged = false, PreStart = ["echo warming up"], Command = Command });
                break;
            case "scion":
                await space.StartAsync(Talking(PodSketches.Scion("grove", "coder", Command)));
                break;
            case "plain":
                await space.StartAsync(Talking(PodSketches.Plain("worker", new Dictionary<string, string> { ["team"] = "green" }, command: Command)));
                break;
            case "oddjobs":
                await space.StartAsync(PodSketches.OddJobs("7", Log));
                break;
            default:
                await space.Kubectl.ApplyAsync(AmbientSketches.Definition());
                await space.Kubectl.WaitAsync($"crd/{AmbientSketches.DefinitionName}", "condition=Established");
                await space.Kubectl.CreateAsync(AmbientSketches.Session(name));
                var uid = (await space.Kubectl.GetAsync("agenticsession", name)).GetProperty("metadata").GetProperty("uid").GetString()!;
                await space.StartAsync(AmbientSketches.Runner(name, uid, Log));
                break;
        }
    }

    private static JsonObject Talking(JsonObject pod)
    {
        var arguments = pod["spec"]!["containers"]![0]!["args"]!.AsArray();
        arguments[0] = $"echo warming up; {arguments[0]!.GetValue<string>().Replace("exec sleep infinity", Wait, StringComparison.Ordinal)}";
        return pod;
    }

    private async Task<string[]> OptionsAsync(string dialect)
    {
        await _scene.AllowAsync("agentdeck", dialect);
        var config = _scene.Kubeconfig($"token: {await _scene.TokenAsync("agentdeck", dialect)}");
        return ["--config", _scene.Configuration(config, dialect, more: dialect == "plain" ? "label_selector = \"team=green\"\ncontainer = \"agent\"\nsession = \"main\"" : "")];
    }

    private async Task SaysAsync(string text, string[] arguments)
    {
        var result = await _scene.RunAsync(arguments);
        Assert.True(
            result.ExitCode == 0 && result.Output.Contains(text, StringComparison.Ordinal), $"agentdeck {string.Join(' ', arguments)} gave {result.ExitCode}:\n{result.Output}{result.Error}");
    }

    private async Task IsFineAsync(string[] options, string found)
    {
        var doctor = await _scene.RunAsync(["doctor", .. options]);
        Assert.DoesNotContain("FAIL", doctor.Output, StringComparison.Ordinal);
        Assert.Contains($"ok   source k: {found}", doctor.Output, StringComparison.Ordinal);
        Assert.Equal(0, doctor.ExitCode);
    }
}
