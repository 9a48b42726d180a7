using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Tests.Panes;
using AgentDeck.Engine.Tmux;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Sources;

public sealed class SessionBookTests
{
    private static readonly TmuxSession First = new() { Id = "$1", Name = "a", PaneId = "%1", PanePid = 100, LastActivity = DateTimeOffset.UnixEpoch };

    private readonly FakeTimeProvider _time = new();
    private readonly FleetStore _store;
    private readonly DetectionInForce _detection = new();
    private readonly SessionBook _book;

    public SessionBookTests()
    {
        _store = new FleetStore(_time);
        _book = new SessionBook("here", "local", "tmux -L x", _store, _ => null, _detection, _time);
        _book.Declare([Fleet.Spec("a")], whyNoStart: null);
    }

    [Fact]
    public void A_stop_that_was_asked_for_explains_the_end_of_that_run()
    {
        Show(First);
        _book.SetRequest("a", PhaseRequest.Stop, null);

        Show(First with { Dead = true, DeadStatus = 130 });

        Assert.Equal(PhaseRequest.Stop, _book.Find("a")!.Request);
        Assert.Equal(AgentPhase.Stopped, Status.Phase);
    }

    [Theory]
    [InlineData("$2", "%2", 200)]
    [InlineData("$1", "%1", 200)]
    public void A_stop_that_was_asked_for_does_not_explain_the_next_run(string session, string pane, int pid)
    {
        Show(First);
        _book.SetRequest("a", PhaseRequest.Stop, null);

        Show(First with { Id = session, PaneId = pane, PanePid = pid });

        Assert.Equal(AgentPhase.Running, Status.Phase);
        Show(First with { Id = session, PaneId = pane, PanePid = pid, Dead = true, DeadStatus = 1 });
        Assert.Equal(AgentPhase.Failed, Status.Phase);
    }

    [Fact]
    public void A_run_that_revived_in_its_pane_is_a_new_one()
    {
        Show(First with { Dead = true, DeadStatus = 1 });
        _book.SetRequest("a", PhaseRequest.Stop, null);

        Show(First);

        Assert.Equal((PhaseRequest.None, AgentPhase.Running), (_book.Find("a")!.Request, Status.Phase));
    }

    [Fact]
    public void Another_active_pane_is_no_new_run()
    {
        Show(First);
        _book.SetRequest("a", PhaseRequest.Stop, null);

        Show(First with { PaneId = "%9", PanePid = 900 });

        Assert.Equal(AgentPhase.Stopping, Status.Phase);
    }

    [Fact]
    public void Why_a_start_failed_stands_until_a_run_is_seen()
    {
        Show(First with { Dead = true, DeadStatus = 1 });
        _book.SetRequest("a", PhaseRequest.None, "no such folder");
        Show(First with { Dead = true, DeadStatus = 1 });
        Assert.Equal("no such folder", Status.Message);

        Show(First with { PanePid = 200 });
        Assert.Null(_book.Find("a")!.StartError);
        Show(First with { PanePid = 200, Dead = true, DeadStatus = 7 });
        Assert.Equal("it ended with exit code 7", Status.Message);
    }

    [Fact]
    public void Why_a_start_failed_goes_with_the_declaration_that_caused_it()
    {
        _book.SetEmpty();
        _book.SetRequest("a", PhaseRequest.None, "no such folder");
        Assert.Equal((AgentPhase.Failed, "no such folder"), (Status.Phase, Status.Message));

        _book.Declare([Fleet.Spec("a") with { Directory = "/" }], whyNoStart: null);

        Assert.Null(_book.Find("a")!.StartError);
    }

    [Fact]
    public void A_secret_on_an_agents_screen_reaches_neither_its_last_line_nor_the_reason_of_its_activity()
    {
        const string Secret = "sk-ant-api03-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        Show(First);
        _time.Advance(TimeSpan.FromMinutes(1));

        _book.SetLooks([new SessionLook("$1", AgentScreen.OfRows([$"use {Secret}? [y/N]"]), "sh")]);

        Assert.Equal(Activity.Waiting, Status.Activity);
        Assert.Equal("use ***? [y/N]", Status.LastLine);
        Assert.EndsWith("use ***? [y/N]", Status.ActivityReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_burst_of_output_is_no_work_and_output_that_goes_on_is()
    {
        Show(First);
        _book.SetLooks([new SessionLook("$1", AgentScreen.Empty, "sh")]);
        Assert.Equal((Activity.Idle, "quiet"), (Status.Activity, Status.ActivityReason));

        Push();
        Assert.Equal(Activity.Idle, Status.Activity);
        _time.Advance(TimeSpan.FromSeconds(2));
        Push();

        Assert.Equal((Activity.Busy, "output"), (Status.Activity, Status.ActivityReason));
    }

    [Fact]
    public void Other_rules_have_every_screen_looked_at_again_once()
    {
        Show(First);
        _book.TakeDueLooks();
        Assert.False(_book.AskAnew());
        Assert.Null(_book.NextLook);

        _detection.Rules = new RuleSet(() => []);

        Assert.True(_book.AskAnew());
        Assert.Equal(["$1"], _book.TakeDueLooks().Select(session => session.Id));
        Assert.False(_book.AskAnew());
    }

    [Fact]
    public void A_source_that_failed_stays_lost_whatever_comes_later()
    {
        Show(First);
        _book.Fail("it fell over");

        _book.SetLink(SourceLink.Live, null);
        _book.SetEmpty();
        Show(First);
        _book.Declare([Fleet.Spec("a"), Fleet.Spec("b")], whyNoStart: null);

        Assert.Equal((SourceLink.Unreachable, "it fell over"), (_store.Current.Sources[0].Link, _store.Current.Sources[0].Error));
        Assert.Equal(AgentPhase.Running, Status.Phase);
        Assert.Equal(AgentPhase.Unknown, _store.Current.Agents[Fleet.Id("b")].Status.Phase);
    }

    [Fact]
    public async Task A_run_whose_stop_was_not_asked_for_is_not_killed()
    {
        Show(First);
        var lifecycle = new LocalLifecycle(
            _book, new TmuxAddress("x"), "/x", new LocalCommandRunner(_time), _store, () => null, _ => Task.CompletedTask, _time);

        var failure = await Assert.ThrowsAsync<TmuxException>(() => lifecycle.KillAsync(Fleet.Id("a"), CancellationToken.None));

        Assert.Equal(TmuxFault.Refused, failure.Fault);
        Assert.Contains("left alone", failure.Message, StringComparison.Ordinal);
    }

    private AgentStatus Status => _store.Current.Agents[Fleet.Id("a")].Status;

    private void Push() =>
        _book.Push([new TmuxActivity { SessionId = "$1", PaneId = "%1", PanePid = 100, LastActivity = _time.GetUtcNow() }]);

    private void Show(TmuxSession session) => _book.SetSessions([session], _ => new FakeSource());
}
