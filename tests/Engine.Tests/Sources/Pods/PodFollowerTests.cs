using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;

namespace AgentDeck.Engine.Tests.Sources.Pods;

/// <summary>What a source says of pods whose containers have a real tmux, while their sessions and streams come and go.</summary>
public sealed class PodFollowerTests
{
    // Per look: so much slower than the deadlines of commands that these are kept on a busy machine.
    private static readonly TimeSpan Passing = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task A_session_that_appears_is_seen_without_a_change_of_the_pod()
    {
        await using var pods = PodHarness.Start();
        var box = pods.AddBox();
        pods.Api.Run("clock", box);
        await pods.SeeAsync("clock", agent => agent.Status.Reason == "SessionDead");

        await box.StartSessionAsync("tick");

        await pods.UntilAsync(() => pods.Find("clock")!.Status is { Phase: AgentPhase.Running, LastLine: "tick" }, Passing);
    }

    [Fact]
    public async Task No_client_attaches_where_tmux_may_just_be_starting_because_that_could_crash_it()
    {
        await using var pods = PodHarness.Start();
        var box = pods.AddBox();
        pods.Api.Run("clock", box, startedAt: "2026-11-21T14:00:00Z");
        await pods.SeeAsync("clock", agent => agent.Status.Reason == "SessionDead");
        await pods.UntilAsync(() => box.Commands > 2, Passing);
        Assert.Equal(0, box.StreamsOpened);

        await box.StartSessionAsync("tick");

        await pods.UntilAsync(() => pods.Find("clock")!.Status is { Phase: AgentPhase.Running, LastLine: "tick" }, Passing);
        Assert.Equal(1, box.StreamsOpened);
    }

    [Fact]
    public async Task A_container_in_which_nothing_can_be_run_yet_is_not_said_to_have_no_tmux()
    {
        await using var pods = PodHarness.Start();
        var box = pods.AddBox();
        box.RunsNothing = true;
        await box.StartSessionAsync("tick");
        pods.Api.Run("clock", box, startedAt: "2026-11-21T14:00:00Z");
        var lost = await pods.SeeAsync("clock", agent => Freshness.LostSince(agent) is not null);
        Assert.False(lost.Status.IsLogOnly);

        box.RunsNothing = false;

        await pods.UntilAsync(() => pods.Find("clock")!.Status is { Phase: AgentPhase.Running, LastLine: "tick" }, Passing);
    }

    [Fact]
    public async Task A_session_that_ends_is_told_although_the_pod_runs_on()
    {
        await using var pods = PodHarness.Start();
        var box = await pods.RunAsync("clock");

        await box.TmuxAsync("kill-session", "-t", "=main");

        await pods.UntilAsync(() => pods.Find("clock")!.Status is { Phase: AgentPhase.Failed, Reason: "SessionDead" }, TimeSpan.FromMilliseconds(20));
        Assert.Null(pods.Source.FindSession(PodHarness.Id("clock")));
    }

    [Fact]
    public async Task A_cut_stream_leaves_what_was_known_with_its_age_until_it_is_open_again()
    {
        await using var pods = PodHarness.Start();
        var box = await pods.RunAsync("clock");
        box.IsReachable = false;
        box.Cut();
        var lost = await pods.SeeAsync("clock", agent => Freshness.LostSince(agent) is not null);
        var since = pods.Time.GetUtcNow();

        Assert.Equal((AgentPhase.Running, "clock", since), (lost.Status.Phase, lost.Status.LastLine, Freshness.LostSince(lost)));
        pods.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(since, Freshness.AsOf(pods.Store.Current, pods.Find("clock")!, pods.Time.GetUtcNow()));

        box.IsReachable = true;
        await pods.UntilAsync(() => PodHarness.Stream(pods.Find("clock")!)?.Status == ConditionStatus.True, Passing);
        Assert.Equal(2, box.StreamsOpened);
    }

    [Fact]
    public async Task A_stream_that_failed_for_minutes_is_open_seconds_after_the_cluster_answers_again()
    {
        await using var pods = PodHarness.Start();
        var box = await pods.RunAsync("clock");
        box.IsReachable = false;
        pods.Api.Reach(false);
        box.Cut();
        await pods.SeeAsync("clock", agent => PodHarness.Stream(agent)?.Reason == ConditionTypes.StreamLost);
        for (var passed = 0; passed < 120; passed++)
        {
            await pods.UntilAsync(() => pods.Time.PendingTimers > 0);
            pods.Time.Advance(TimeSpan.FromSeconds(1));
        }

        box.IsReachable = true;
        pods.Api.Reach(true);
        var until = pods.Time.GetUtcNow() + (TimeSpan.FromSeconds(5));
        await pods.UntilAsync(() => PodHarness.Stream(pods.Find("clock")!)?.Status == ConditionStatus.True, TimeSpan.FromMilliseconds(50));
        Assert.InRange(pods.Time.GetUtcNow(), DateTimeOffset.MinValue, until);
    }

    [Fact]
    public async Task Streams_to_a_node_that_was_ill_for_minutes_are_open_seconds_after_it_is_well()
    {
        await using var pods = PodHarness.Start();
        Box[] boxes = [await pods.RunAsync("clock"), await pods.RunAsync("other")];
        foreach (var box in boxes)
        {
            box.IsReachable = false;
            box.Cut();
        }

        await pods.SeeAsync("clock", agent => PodHarness.Stream(agent)?.Reason == ConditionTypes.StreamLost);
        for (var passed = 0; passed < 120; passed++)
        {
            await pods.UntilAsync(() => pods.Time.PendingTimers > 0);
            pods.Time.Advance(TimeSpan.FromSeconds(1));
        }

        foreach (var box in boxes)
        {
            box.IsReachable = true;
        }

        var until = pods.Time.GetUtcNow() + TimeSpan.FromSeconds(5);
        await pods.UntilAsync(() => boxes.All(box => box.OpenStreams == 1), TimeSpan.FromMilliseconds(50));
        Assert.InRange(pods.Time.GetUtcNow(), DateTimeOffset.MinValue, until);
    }

    [Fact]
    public async Task A_node_that_cannot_start_tmux_for_a_while_does_not_make_an_agent_one_without_tmux()
    {
        await using var pods = PodHarness.Start();
        var box = await pods.RunAsync("clock");
        box.HasTmux = false;
        box.Cut();

        var lost = await pods.SeeAsync("clock", agent => PodHarness.Stream(agent)?.Reason == ConditionTypes.StreamLost);
        Assert.Equal((AgentPhase.Running, false), (lost.Status.Phase, lost.Status.IsLogOnly));
        box.HasTmux = true;

        await pods.UntilAsync(() => PodHarness.Stream(pods.Find("clock")!)?.Status == ConditionStatus.True, Passing);
    }

    [Fact]
    public async Task The_age_of_what_was_lost_is_that_of_the_first_loss_until_it_is_seen_again()
    {
        await using var pods = PodHarness.Start();
        var box = await pods.RunAsync("clock");
        DateTimeOffset AsOf() => Freshness.AsOf(pods.Store.Current, pods.Find("clock")!, DateTimeOffset.MaxValue);
        pods.Api.Reach(false);
        await pods.UntilAsync(() => pods.Store.Current.Sources[0].Link != SourceLink.Live);
        var since = AsOf();
        Assert.NotEqual(DateTimeOffset.MaxValue, since);

        pods.Time.Advance(TimeSpan.FromSeconds(20));
        box.IsReachable = false;
        box.Cut();
        await pods.SeeAsync("clock", agent => PodHarness.Stream(agent)?.Reason == ConditionTypes.StreamLost);
        Assert.Equal(since, AsOf());

        pods.Api.Reach(true);
        await pods.UntilAsync(() => pods.Store.Current.Sources[0].Link == SourceLink.Live, Passing);
        Assert.Equal(since, AsOf());
    }

    [Fact]
    public async Task While_the_cluster_does_not_answer_nothing_is_said_to_be_gone_and_nothing_to_run()
    {
        await using var pods = PodHarness.Start();
        var box = await pods.RunAsync("clock");
        pods.Api.Reach(false);
        await pods.UntilAsync(() => pods.Store.Current.Sources[0].Link != SourceLink.Live);

        await box.TmuxAsync("kill-session", "-t", "=main");
        pods.Api.Delete("clock");
        await pods.UntilAsync(() => box.OpenStreams == 0);
        // From here on time passes faster than programs run, so none may be started.
        box.IsReachable = false;

        Assert.Equal(AgentPhase.Running, pods.Find("clock")!.Status.Phase);
        Assert.NotNull(pods.Store.Current.Sources[0].LastSeen);
        pods.Api.Reach(true);
        await pods.UntilAsync(() => pods.Find("clock") is null, Passing);
    }

    [Fact]
    public async Task A_container_that_was_started_again_is_followed_anew_and_inherits_nothing()
    {
        await using var pods = PodHarness.Start();
        var box = await pods.RunAsync("clock");
        var next = pods.AddBox();
        await next.StartSessionAsync("second run");

        pods.Api.Run("clock", next, restarts: 1);

        var agent = await pods.SeeAsync("clock", agent => agent.Status.LastLine == "second run");
        Assert.Equal((AgentPhase.Running, 1), (agent.Status.Phase, agent.Status.Restarts));
        await pods.UntilAsync(() => box.OpenStreams == 0);
        await pods.UntilAsync(() => next.OpenStreams == 1);
    }

    [Fact]
    public async Task A_pod_that_was_made_again_under_its_name_is_another_run_of_the_agent()
    {
        await using var pods = PodHarness.Start();
        var box = await pods.RunAsync("clock");
        var next = pods.AddBox();

        pods.Api.Delete("clock");
        pods.Api.Run("clock", next, uid: "another");
        await pods.SeeAsync("clock", agent => agent.Status.Pod?.Uid == "another" && agent.Status.Reason == "SessionDead");
        await next.StartSessionAsync("second pod");

        await pods.UntilAsync(() => pods.Find("clock")!.Status.LastLine == "second pod", Passing);
        Assert.Equal((0, 1), (box.OpenStreams, next.OpenStreams));
    }

    [Fact]
    public async Task Without_tmux_the_log_stands_for_the_screen()
    {
        await using var pods = PodHarness.Start();
        var box = pods.AddBox();
        box.HasTmux = false;
        pods.Api.Run("clock", box);

        var agent = await pods.SeeAsync("clock", agent => agent.Status.IsLogOnly);

        Assert.Equal(AgentPhase.Running, agent.Status.Phase);
        var capture = await pods.Source.FindSession(agent.Id)!.CaptureAsync(0, CancellationToken.None);
        Assert.Equal((PaneContentKind.Log, "what it logged\n"), (capture.Kind, Encoding.UTF8.GetString(capture.Content.Span)));
    }

    [Fact]
    public async Task A_pane_on_screen_is_followed_over_the_stream_that_is_there()
    {
        await using var pods = PodHarness.Start();
        var box = await pods.RunAsync("clock");
        await using var watch = await pods.Session("clock").WatchAsync(CancellationToken.None);
        await using var captures = watch.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await captures.MoveNextAsync());

        await box.TmuxAsync("send-keys", "-t", "=main:", "news", "Enter");
        await PaneReading.SeeAsync(captures, "news", pods.Time);

        Assert.Equal((1, 0), (box.StreamsOpened, box.Commands));
    }
}
