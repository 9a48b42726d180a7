using System.Text.Json.Nodes;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Dialects;

[Collection(ClusterCollection.Name)]
public sealed class ScionTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>
{
    [ClusterTheory]
    [InlineData("direct", false)]
    [InlineData("rooted", true)]
    public async Task An_agent_takes_everything_as_its_user_whoever_exec_gives(string name, bool isRoot)
    {
        await space.StartAsync(PodSketches.Scion("grove", name, "exec bash --norc", isRoot));
        await using var deck = ClusterDeck.Open(space, "scion");

        var agent = await deck.SeeAsync($"k/grove/{name}", status => status is { Phase: AgentPhase.Running, Activity: not Activity.None });
        Assert.Equal(["grove=grove", "template=default", "harness=claude"], agent.Status.Facts.Select(fact => $"{fact.Name}={fact.Value}"));

        await OnTmux.TakesEverythingAsync(deck, $"k/grove/{name}", "scion");
    }

    [ClusterFact]
    public async Task What_an_agent_reports_is_read_and_secrets_are_not_told()
    {
        var pod = await space.StartAsync(PodSketches.Scion("grove", "teller", "exec bash --norc"));
        await ReportAsync(pod, """{"phase":"running","activity":"waiting_for_input","detail":{"message":"use sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789?","taskSummary":"Fix it"}}""");
        await using var deck = ClusterDeck.Open(space, "scion");

        var agent = await deck.SeeAsync("k/grove/teller", status => status.Activity == Activity.Waiting);
        Assert.Equal("use ***?", agent.Status.Message);
        Assert.Contains(new Fact("task", "Fix it"), agent.Status.Facts);

        await ReportAsync(pod, """{"phase":"running","activity":"executing","detail":{"toolName":"Bash"}}""");
        await deck.DoAsync("k/grove/teller", new SessionCommand.Nudge("echo go on", Force: false));
        await deck.SeeAsync("k/grove/teller", status => status.Activity == Activity.Busy && status.Facts.Contains(new Fact("tool", "Bash")));

        // At work without a word on the screen: the end of it is noticed all the same.
        await ReportAsync(pod, """{"phase":"running","activity":"completed"}""");
        await deck.SeeAsync("k/grove/teller", status => status is { Activity: Activity.Idle, ActivityReason: "it reports completed" });
    }

    [ClusterTheory]
    [InlineData("clean", 0, AgentPhase.Stopped, "ExitedCleanly")]
    [InlineData("broken", 1, AgentPhase.Failed, "ExitedWithError")]
    [InlineData("limited", 10, AgentPhase.Failed, "LimitsExceeded")]
    public async Task The_end_of_its_container_beats_what_it_reported(string name, int exitCode, AgentPhase phase, string reason)
    {
        var sketch = PodSketches.Scion("grove", name);
        sketch["spec"]!["containers"]![0]!["args"] = new JsonArray($$"""echo '{"phase":"running","activity":"thinking"}' > /home/scion/agent-info.json; tmux new-session -d -s scion; until [ -e /tmp/end ]; do sleep 0.1; done; exit {{exitCode}}""");
        var pod = await space.StartAsync(sketch);
        await using var deck = ClusterDeck.Open(space, "scion");
        await deck.SeeAsync($"k/grove/{name}", status => status.Activity == Activity.Busy);

        await space.Kubectl.ExecAsync(pod, "agent", "touch", "/tmp/end");

        var agent = await deck.SeeAsync($"k/grove/{name}", status => status.Phase == phase);
        Assert.Equal((reason, exitCode, Activity.None), (agent.Status.Reason, agent.Status.ExitCode, agent.Status.Activity));
    }

    [ClusterFact]
    public async Task Of_two_agents_of_one_name_only_the_one_that_is_meant_is_stopped()
    {
        await space.StartAsync(PodSketches.Scion("alpha", "twin"));
        await space.StartAsync(PodSketches.Scion("beta", "twin"));
        await using var deck = ClusterDeck.Open(space, "scion");
        await deck.SeeAsync("k/alpha/twin", status => status.Phase == AgentPhase.Running);
        await deck.SeeAsync("k/beta/twin", status => status.Phase == AgentPhase.Running);

        Assert.Equal(OperationOutcome.Succeeded, (await deck.DoAsync("k/beta/twin", new SessionCommand.Stop())).Outcome);

        await deck.SeeAsync("k/alpha/twin", status => status.Phase == AgentPhase.Running);
        await space.Kubectl.RunAsync("get", "pod", "alpha--twin");
        Assert.NotEqual(0, (await space.Kubectl.TryRunAsync("get", "pod", "beta--twin")).ExitCode);
    }

    private Task<string> ReportAsync(string pod, string json) =>
        space.Kubectl.ExecAsync(pod, "agent", "sh", "-c", $"echo '{json}' > /home/scion/agent-info.new && mv /home/scion/agent-info.new /home/scion/agent-info.json");
}
