using System.Collections.Immutable;
using AgentDeck.Cluster.Tests.Dialects;
using AgentDeck.Engine;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Processes;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Containers;

/// <summary>Agents in containers of a real podman.</summary>
[Collection(PodmanCollection.Name)]
public sealed class ContainerTests : IAsyncLifetime
{
    // Ends at once when it is asked to, as an agent's entry point should.
    private const string Wait = "trap 'exit 0' TERM; while :; do sleep 1000 & wait $!; done";

    private readonly string _team = $"t{Guid.NewGuid():N}"[..12];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (Podman.WhyNot is null)
        {
            await Podman.TryRunAsync(["rm", "--force", "--time", "0", .. (await Podman.RunAsync("ps", "-aq", "--filter", $"label=team={_team}")).Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
        }
    }

    [PodmanFact]
    public async Task A_container_with_tmux_takes_everything()
    {
        var id = await StartAsync("tmux", $"tmux new-session -d -s main 'exec bash --norc'; {Wait}");
        await using var deck = Open(spec => spec with { Session = "main" });

        var agent = await deck.SeeAsync($"k/{_team}-tmux", status => status is { Phase: AgentPhase.Running, Activity: not Activity.None });

        Assert.Equal((id, $"{_team}-tmux", "running", "podman"), (agent.Status.Pod!.Uid, agent.Status.Pod.Name, agent.Status.Pod.Phase, agent.Status.Pod.Runtime));
        Assert.Equal($"container {_team}-tmux, tmux main", agent.Status.Origin);
        Assert.DoesNotContain(agent.Conditions, condition => condition.Type == ConditionTypes.Scheduled);
        await OnTmux.TakesEverythingAsync(deck, $"k/{_team}-tmux", "root");
    }

    [PodmanFact]
    public async Task The_doctor_finds_containers_and_the_tmux_in_them()
    {
        await StartAsync("tmux", $"tmux new-session -d -s main 'exec bash --norc'; {Wait}");
        await StartAsync("bare", Wait, TestImages.Shell);

        var found = await ContainerDoctor.ExamineAsync(Source("plain") with { Session = "main" }, new LocalCommandRunner(TimeProvider.System), TimeProvider.System, CancellationToken.None).ToListAsync();

        Assert.StartsWith("podman version ", found[0].Text, StringComparison.Ordinal);
        Assert.Equal($"2 with the labels team={_team}, 2 of them running", found[1].Text);
        Assert.Equal((false, $"there is no tmux in {_team}-bare: its log stands for its screen, and it takes no keys"), (found[2].IsGood, found[2].Text));
        Assert.Matches($"^tmux [0-9.a-z]+ in {_team}-tmux, where session main is looked for$", found[3].Text);
        Assert.Equal(4, found.Count);
    }

    [PodmanFact]
    public async Task Watching_costs_one_client_and_leaves_none_behind()
    {
        var id = await StartAsync("watched", $"tmux new-session -d -s main -x 90 -y 25 'exec bash --norc'; {Wait}");
        await using (var deck = Open(spec => spec with { Session = "main" }))
        {
            await deck.SeeAsync($"k/{_team}-watched", status => status is { Phase: AgentPhase.Running, Activity: not Activity.None });
            await deck.SeePaneAsync($"k/{_team}-watched", "bash");

            Assert.Single((await Podman.RunAsync("exec", id, "tmux", "list-clients")).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        Assert.Empty(await Podman.RunAsync("exec", id, "tmux", "list-clients"));
        Assert.Equal("90x25", (await Podman.RunAsync("exec", id, "tmux", "display-message", "-p", "-t", "main", "#{window_width}x#{window_height}")).Trim());
    }

    [PodmanFact]
    public async Task Without_tmux_the_log_is_its_pane_and_attach_opens_a_shell()
    {
        await StartAsync("log", "echo line 1; echo line 2 >&2; i=2; while :; do i=$((i+1)); echo line $i; sleep 0.2; done", TestImages.Shell);
        await using var deck = Open(spec => spec with { Session = "main" });

        var agent = await deck.SeeAsync($"k/{_team}-log", status => status is { Phase: AgentPhase.Running, IsLogOnly: true });

        Assert.Equal(PaneContentKind.Log, (await deck.SeePaneAsync(agent.Id.ToString(), "line 4\n")).Kind);
        var lines = (await deck.PeekAsync(agent.Id.ToString())).Split('\n');
        Assert.Contains("line 1", lines);
        Assert.Contains("line 2", lines);
        Assert.Equal(
            new OperationResult(OperationOutcome.Refused, "there is no tmux in its container; attach opens a shell"),
            await deck.DoAsync(agent.Id.ToString(), new SessionCommand.Nudge("hi", Force: true)));
        await deck.AttachAsync(agent.Id.ToString(), "echo in $((6*7)) $BASH_VERSION\n", "in 42 5");
        await deck.SeeNobodyAttachedAsync(agent.Id.ToString());
    }

    [PodmanFact]
    public async Task What_comes_ends_changes_its_name_and_goes_is_told_at_once()
    {
        await using var deck = Open(spec => spec);
        await deck.SeeFleetAsync(IsLive);

        var id = await StartAsync("brief", "sleep 1; echo all done; exit 3", TestImages.Shell);
        var ended = await deck.SeeAsync($"k/{_team}-brief", status => status.Phase == AgentPhase.Failed);
        Assert.Equal(("ExitedWithError", 3), (ended.Status.Reason, ended.Status.ExitCode));
        Assert.Contains("all done", await deck.PeekAsync($"k/{_team}-brief"), StringComparison.Ordinal);

        await Podman.RunAsync("rename", id, $"{_team}-renamed");
        await deck.SeeAsync($"k/{_team}-renamed", status => status.Phase == AgentPhase.Failed);
        Assert.Single(deck.Fleet.Agents);

        await Podman.RunAsync("rm", id);
        await deck.SeeFleetAsync(fleet => fleet.Agents.IsEmpty);
        Assert.Contains(deck.Store.RecentEvents, happened => happened is AgentGone { Reason: "its container is gone" });
    }

    [PodmanFact]
    public async Task A_container_is_paused_and_goes_on()
    {
        var id = await StartAsync("paused", $"tmux new-session -d -s main 'exec bash --norc'; {Wait}");
        await using var deck = Open(spec => spec with { Session = "main" });
        await deck.SeeAsync($"k/{_team}-paused", status => status.Reason == "SessionAlive");

        await Podman.RunAsync("pause", id);
        await deck.SeeAsync($"k/{_team}-paused", status => status is { Phase: AgentPhase.Running, Reason: "Paused" });
        await Podman.RunAsync("unpause", id);

        await deck.SeeAsync($"k/{_team}-paused", status => status.Reason == "SessionAlive");
    }

    [PodmanFact]
    public async Task It_is_stopped_and_started_again_and_its_session_is_another_one()
    {
        var id = await StartAsync("again", $"tmux new-session -d -s main 'exec bash --norc'; {Wait}");
        await using var deck = Open(spec => spec with { Session = "main" });
        var first = await deck.SeeAsync($"k/{_team}-again", status => status.Reason == "SessionAlive");

        Assert.Equal(OperationOutcome.Succeeded, (await deck.DoAsync($"k/{_team}-again", new SessionCommand.Stop())).Outcome);
        var stopped = await deck.SeeAsync($"k/{_team}-again", status => status.Phase == AgentPhase.Stopped);
        Assert.Equal("exited", (await Podman.RunAsync("container", "inspect", "--format", "{{.State.Status}}", id)).Trim());
        Assert.Equal(0, stopped.Status.ExitCode);

        Assert.Equal(new OperationResult(OperationOutcome.Succeeded, "started"), await deck.DoAsync($"k/{_team}-again", new SessionCommand.Start()));
        var second = await deck.SeeAsync($"k/{_team}-again", status => status.Reason == "SessionAlive");
        Assert.True(second.Status.StartedAt > first.Status.StartedAt);
        Assert.Equal(id, second.Status.Pod!.Uid);
    }

    [PodmanFact]
    public async Task A_declared_container_is_started_and_one_that_there_is_not_says_so()
    {
        var id = await StartAsync("kept", "exit 3", TestImages.Shell);
        await using var deck = Open(spec => spec, Declare("kept"), Declare("missing"));

        await deck.SeeAsync($"k/{_team}-missing", status => status.Reason == "StartFailed" && status.Message.Contains("there is no container of its name", StringComparison.Ordinal));
        await deck.SeeFleetAsync(fleet => fleet.Agents.Values.Any(agent => agent.Id.Name == $"{_team}-kept" && agent.Upkeep.Restarts > 0));

        Assert.Equal(id, (await deck.SeeAsync($"k/{_team}-kept", _ => true)).Status.Pod!.Uid);
    }

    [PodmanFact]
    public async Task Scion_s_containers_are_read_by_its_labels_and_asked_as_its_user()
    {
        await Podman.StartAsync(
            $"{_team}-scion", [$"team={_team}", "scion.name=painter", "scion.grove=g", "scion.template=claude"], TestImages.Agent, $"su - scion -c \"tmux new-session -d -s scion 'exec bash --norc'\"; {Wait}");
        await using var deck = Open(spec => spec with { LabelSelector = $"scion.name,team={_team}" }, "scion");

        var agent = await deck.SeeAsync("k/g/painter", status => status is { Phase: AgentPhase.Running, Activity: not Activity.None });

        Assert.Contains(new Fact("template", "claude"), agent.Status.Facts);
        await OnTmux.TakesEverythingAsync(deck, "k/g/painter", "scion");
    }

    [PodmanFact]
    public async Task Gas_City_s_containers_have_their_tmux_in_a_directory_of_its_own()
    {
        await Podman.StartAsync(
            $"{_team}-gc",
            [$"team={_team}", "gc.managed=true", "gc.agent=mayor"],
            TestImages.Agent,
            $"mkdir -p /run/gc-tmux; TMUX_TMPDIR=/run/gc-tmux tmux new-session -d -s main 'echo the mayor; exec bash --norc'; {Wait}");
        await using var deck = Open(spec => spec with { LabelSelector = $"gc.managed=true,team={_team}" }, "gascity");

        await deck.SeeAsync("k/mayor", status => status is { Phase: AgentPhase.Running, Activity: not Activity.None });
        await deck.SeePaneAsync("k/mayor", "the mayor");
    }

    [PodmanFact]
    public async Task An_agent_whose_session_ended_in_a_container_that_goes_on_failed()
    {
        var id = await StartAsync("deaf", $"tmux new-session -d -s main 'exec bash --norc'; {Wait}");
        await using var deck = Open(spec => spec with { Session = "main" });
        await deck.SeeAsync($"k/{_team}-deaf", status => status.Reason == "SessionAlive");

        await Podman.RunAsync("exec", id, "tmux", "kill-server");

        await deck.SeeAsync($"k/{_team}-deaf", status => status is { Phase: AgentPhase.Failed, Reason: "SessionDead" });
    }

    private static bool IsLive(FleetSnapshot fleet) => fleet.Sources.Single().Link == SourceLink.Live;

    private Task<string> StartAsync(string name, string script, string image = TestImages.Agent) => Podman.StartAsync($"{_team}-{name}", [$"team={_team}"], image, script);

    private ClusterDeck Open(Func<ContainerSourceSpec, ContainerSourceSpec> change, params ImmutableArray<AgentSpec> agents) => Open(change, "plain", agents);

    private ClusterDeck Open(Func<ContainerSourceSpec, ContainerSourceSpec> change, string dialect, params ImmutableArray<AgentSpec> agents) =>
        ClusterDeck.Open(change(Source(dialect)), agents);

    private ContainerSourceSpec Source(string dialect) => new("k", dialect) { Runtime = ContainerRuntime.Podman, Program = Podman.Program, LabelSelector = $"team={_team}" };

    private AgentSpec Declare(string name) =>
        new($"{_team}-{name}", "k", "", "/", ImmutableDictionary<string, string>.Empty, DesiredState.Running, RestartPolicy.OnFailure, null);
}
