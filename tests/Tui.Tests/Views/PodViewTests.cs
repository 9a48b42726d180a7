using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Tests.App;

namespace AgentDeck.Tui.Tests.Views;

/// <summary>What the deck shows of agents in pods.</summary>
public sealed class PodViewTests
{
    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(200, 60)]
    public void Pods_of_which_one_drains_one_has_no_tmux_and_one_lost_its_stream(int width, int height) => Verify($"pods-{width}x{height}", Deck(width, height));

    [Theory]
    [InlineData(80, 60)]
    [InlineData(120, 40)]
    public void The_details_of_a_pod(int width, int height) => Verify($"pod-details-{width}x{height}", Deck(width, height).Press("g", "j", "d").Send(new ProcessesListed(TestDeck.Id("gc/lost"), "")));

    [Theory]
    [InlineData(80, 24)]
    [InlineData(160, 40)]
    public void Pods_that_do_not_run_say_why_and_one_that_may_not_be_looked_into_does_too(int width, int height) => Verify($"pods-waiting-{width}x{height}", Waiting(width, height));

    [Fact]
    public void The_details_of_a_pod_that_ends_again_and_again() =>
        Verify("pod-details-crashing", Waiting(120, 40).Press("g", "d").Send(new ProcessesListed(TestDeck.Id("gc/crashing"), "")));

    [Theory]
    [InlineData("n", "Nudge")]
    [InlineData("enter", "Attach")]
    [InlineData("i", "Interrupt")]
    [InlineData("c", "Clear scrollback")]
    public void A_key_that_the_cluster_forbids_says_so(string key, string title)
    {
        var deck = Forbidden(80, 24).Press(key);

        Assert.Contains($"{title}: the cluster does not let you create pods/exec", deck.News);
        Assert.Null(deck.Model.Overlay);
    }

    [Fact]
    public void Stop_and_log_are_forbidden_each_for_its_own_reason()
    {
        var deck = Forbidden(80, 24).Press("x", "l");

        Assert.Contains("Stop: the cluster does not let you delete pods", deck.News);
        Assert.Contains("Log: the cluster does not let you get pods/log", deck.News);
    }

    [Fact]
    public void What_is_forbidden_is_greyed_in_the_footer_and_explained_in_help_and_palette()
    {
        Verify("pods-forbidden", Forbidden(120, 24));
        Verify("pods-forbidden-help", Forbidden(120, 40).Press("?", "/").Type("nudge"));
        Verify("pods-forbidden-palette", Forbidden(120, 24).Press(":").Type("nudge"));
    }

    [Fact]
    public void The_log_of_a_pod_opens_from_the_keyboard() => Assert.IsType<LogOverlay>(Deck(80, 24).Press("l").Model.Overlay);

    private static TestDeck Forbidden(int width, int height) => Deck(
        width,
        height,
        new AccessLimits("the cluster does not let you create pods/exec", "the cluster does not let you delete pods", "the cluster does not let you get pods/log"));

    private static TestDeck Deck(int width, int height, AccessLimits? limits = null)
    {
        var source = new SourceStatus("gc", "kubernetes", SourceLink.Live, Fleets.Now, null) { Limits = limits ?? AccessLimits.None };
        return new TestDeck(Fleets.Of(Agents(), source), width, height, model => model with { List = model.List with { Sort = Tui.App.Model.SortOrder.Name } })
            .Show("gc/mayor", "a screen")
            .Show("gc/lost", "an old screen");
    }

    private static TestDeck Waiting(int width, int height)
    {
        Agent[] agents =
        [
            Without("gc/crashing", AgentPhase.Failed, "CrashLoopBackOff", "it ends again and again, the last time with OOMKilled, exit code 137; started again 7 times", 7),
            Without("gc/imageless", AgentPhase.Pending, "ImagePullBackOff", "its image cannot be pulled: Back-off pulling image \"example.test/agnet:1\"", 0),
            Without("gc/nodeless", AgentPhase.Pending, "Unschedulable", "no node can take it: 0/3 nodes are available: 3 Insufficient memory.", 0),
            Without("gc/barred", AgentPhase.Running, "ContainerRunning", "its container runs; more is not known, because you may not run commands in it", 0),
        ];
        var source = new SourceStatus("gc", "kubernetes", SourceLink.Live, Fleets.Now, null);
        return new TestDeck(Fleets.Of(agents, source), width, height, model => model with { List = model.List with { Sort = Tui.App.Model.SortOrder.Attention } });
    }

    private static Agent Without(string id, AgentPhase phase, string reason, string message, int restarts)
    {
        var agent = OfPod(id);
        return agent with
        {
            Status = agent.Status with
            {
                Phase = phase,
                Reason = reason,
                Message = message,
                Activity = Activity.None,
                LastActivity = null,
                Command = null,
                WindowSize = null,
                Restarts = restarts,
                StartedAt = phase == AgentPhase.Running ? agent.Status.StartedAt : null,
                IsLogOnly = phase == AgentPhase.Running,
                IsBarred = phase == AgentPhase.Running,
                Pod = agent.Status.Pod! with { Node = reason == "Unschedulable" ? null : "node-a", Phase = phase == AgentPhase.Pending ? "Pending" : "Running", LastExit = restarts > 0 ? "OOMKilled, exit code 137" : null, Limits = "memory 1Gi" },
            },
        };
    }

    private static Agent[] Agents() =>
    [
        OfPod("gc/mayor", lastLine: "a screen", conditions: new Condition(ConditionTypes.Draining, ConditionStatus.True, "Requested", "asked to finish", Fleets.Now.AddMinutes(-2), 0)),
        OfPod("gc/lost", idleSeconds: 300, conditions: new Condition(ConditionTypes.StreamConnected, ConditionStatus.False, ConditionTypes.StreamLost, "the stream was cut", Fleets.Now.AddSeconds(-41), 0)),
        OfPod("gc/logger", isLogOnly: true),
    ];

    private static Agent OfPod(string id, int idleSeconds = 2, bool isLogOnly = false, string? lastLine = null, params ImmutableArray<Condition> conditions)
    {
        var agent = Fleets.Agent(id, idleSeconds: idleSeconds, lastLine: lastLine);
        return agent with
        {
            Status = agent.Status with
            {
                Dialect = "gascity",
                IsLogOnly = isLogOnly,
                Restarts = 2,
                StartedAt = Fleets.Now.AddHours(-3),
                Conditions = conditions,
                Origin = $"pod city/{agent.Id.Name}, tmux main",
                Pod = new PodStatus("city", agent.Id.Name, "0f6c9c1e", "node-a", "Running")
                {
                    Container = "agent",
                    Image = "example.test/agent:1",
                    Requests = "cpu 500m, memory 1Gi",
                    CreatedAt = Fleets.Now.AddHours(-4),
                    LastExit = "OOMKilled, exit code 137",
                },
            },
        };
    }

    private static void Verify(string name, TestDeck deck)
    {
        var (screen, state) = deck.Draw();
        Golden.Verify(name, ScreenText.Print(screen, state));
    }
}
