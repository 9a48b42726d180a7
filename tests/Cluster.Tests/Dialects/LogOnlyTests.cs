using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Dialects;

/// <summary>Containers without tmux: those of oddjobs, and plain ones.</summary>
[Collection(ClusterCollection.Name)]
public sealed class LogOnlyTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>
{
    [ClusterFact]
    public async Task The_log_of_oddjobs_is_its_pane_and_attach_opens_a_shell()
    {
        await space.StartAsync(PodSketches.OddJobs("4f2a", "i=0; while :; do i=$((i+1)); echo line $i; sleep 0.2; done"));
        await using var deck = ClusterDeck.Open(space, "oddjobs");

        var agent = await deck.SeeAsync("k/4f2a", status => status.Phase == AgentPhase.Running);
        Assert.True(agent.Status.IsLogOnly);
        Assert.Equal("oddjobs", agent.Status.Dialect);
        var first = await deck.SeePaneAsync("k/4f2a", "line 3\n");
        Assert.Equal(PaneContentKind.Log, first.Kind);
        Assert.Contains("line 1\n", await deck.PeekAsync("k/4f2a"), StringComparison.Ordinal);

        foreach (var command in new SessionCommand[] { new SessionCommand.Nudge("hi", Force: true), new SessionCommand.Interrupt(), new SessionCommand.ClearScrollback() })
        {
            Assert.Equal(new OperationResult(OperationOutcome.Refused, "there is no tmux in its container; attach opens a shell"), await deck.DoAsync("k/4f2a", command));
        }

        await deck.AttachAsync("k/4f2a", "echo in $((6*7)) $BASH_VERSION\n", "in 42 5");
        await deck.SeeNobodyAttachedAsync("k/4f2a");
        Assert.Contains("sleep", await deck.ListProcessesAsync("k/4f2a"), StringComparison.Ordinal);
    }

    [ClusterFact]
    public async Task What_ended_keeps_its_log_and_its_exit_code()
    {
        await space.Kubectl.CreateAsync(PodSketches.OddJobs("done", "echo all done; exit 3"));
        await using var deck = ClusterDeck.Open(space, "oddjobs");

        var agent = await deck.SeeAsync("k/done", status => status.Phase == AgentPhase.Failed);

        Assert.Equal(("ExitedWithError", 3), (agent.Status.Reason, agent.Status.ExitCode));
        Assert.Contains("all done", await deck.PeekAsync("k/done"), StringComparison.Ordinal);
    }

    [ClusterFact]
    public async Task Stop_deletes_the_pod_at_once_and_tells_its_end()
    {
        var pod = await space.StartAsync(PodSketches.OddJobs("stopped"));
        await using var deck = ClusterDeck.Open(space, "oddjobs");
        await deck.SeeAsync("k/stopped", status => status.Phase == AgentPhase.Running);

        Assert.Equal(new OperationResult(OperationOutcome.Succeeded, "stopped"), await deck.DoAsync("k/stopped", new SessionCommand.Stop()));

        Assert.NotEqual(0, (await space.Kubectl.TryRunAsync("get", "pod", pod)).ExitCode);
    }

    [ClusterFact]
    public async Task A_plain_container_without_bash_gives_a_shell_all_the_same()
    {
        var labels = new Dictionary<string, string> { ["team"] = "blue" };
        await space.StartAsync(PodSketches.Bare("bare", labels, "echo bare log; exec sleep infinity", container: "worker", image: TestImages.Sh));
        await using var deck = ClusterDeck.Open(space, "plain", spec => spec with { LabelSelector = "team=blue", Container = "worker", Session = "" });

        await deck.SeeAsync("k/bare", status => status is { Phase: AgentPhase.Running, IsLogOnly: true });
        await deck.SeePaneAsync("k/bare", "bare log");
        await deck.AttachAsync("k/bare", "echo sh $((6*7))\n", "sh 42");
        await deck.SeeNobodyAttachedAsync("k/bare");
    }

    [ClusterFact]
    public async Task Where_a_session_was_expected_and_there_is_no_tmux_the_log_is_shown_too()
    {
        await space.StartAsync(PodSketches.Bare("notmux", new Dictionary<string, string> { ["team"] = "red" }, "echo red log; exec sleep infinity"));
        await using var deck = ClusterDeck.Open(space, "plain", spec => spec with { LabelSelector = "team=red", Container = "agent", Session = "main" });

        await deck.SeeAsync("k/notmux", status => status is { Phase: AgentPhase.Running, IsLogOnly: true });
        await deck.SeePaneAsync("k/notmux", "red log");
    }

    [ClusterFact]
    public async Task A_plain_container_with_tmux_takes_everything()
    {
        await space.StartAsync(PodSketches.Plain("work", new Dictionary<string, string> { ["team"] = "green" }, container: "worker", session: "work", command: "exec bash --norc"));
        await using var deck = ClusterDeck.Open(space, "plain", spec => spec with { LabelSelector = "team=green", Container = "worker", Session = "work" });
        await deck.SeeAsync("k/work", status => status is { Phase: AgentPhase.Running, Activity: not Activity.None });

        await OnTmux.TakesEverythingAsync(deck, "k/work", "root");
    }

    [ClusterFact]
    public async Task A_declared_agent_without_a_pod_is_a_row_and_cannot_be_started()
    {
        await space.StartAsync(PodSketches.OddJobs("declared"));
        await using var deck = ClusterDeck.Open(space, "oddjobs", null, Declare("declared"), Declare("missing"));

        var missing = await deck.SeeAsync("k/missing", status => status.Phase == AgentPhase.Pending);
        var declared = await deck.SeeAsync("k/declared", status => status.Phase == AgentPhase.Running);
        await deck.SeeFleetAsync(fleet => fleet.Sources.Single().Limits.Start is not null);

        Assert.Null(missing.Status.Pod);
        Assert.NotNull(declared.Spec);
        foreach (var command in new SessionCommand[] { new SessionCommand.Start(), new SessionCommand.Restart() })
        {
            Assert.Equal(new OperationResult(OperationOutcome.Refused, "its pod is started by the system that owns it"), await deck.DoAsync("k/missing", command));
            Assert.Equal(OperationOutcome.Refused, (await deck.DoAsync("k/declared", command)).Outcome);
        }

        Assert.Equal(AgentPhase.Running, (await deck.SeeAsync("k/declared", _ => true)).Status.Phase);
    }

    private static AgentSpec Declare(string name) =>
        new(name, "k", "true", "/", ImmutableDictionary<string, string>.Empty, DesiredState.Running, RestartPolicy.Never, null);
}
