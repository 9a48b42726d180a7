using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Notifications;
using AgentDeck.Engine.Store;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Notifications;

public sealed class NotificationWatchTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FleetStore _store;
    private readonly NotificationWatch _watch;
    private long _seen;

    public NotificationWatchTests()
    {
        _store = new FleetStore(_time);
        _watch = new NotificationWatch(_time.GetUtcNow(), text => text);
    }

    [Fact]
    public void What_holds_when_a_source_first_answers_is_no_news_and_neither_is_the_first_look_at_a_screen()
    {
        var found = Change(edit =>
        {
            edit.SetSource(Fleet.Here);
            edit.Set(Fleet.Agent("asks", activity: Activity.Waiting));
            edit.Set(Fleet.Agent("failed", AgentPhase.Failed));
            edit.Set(Fleet.Agent("fresh"));
            edit.Set(Fleet.Agent("dark", AgentPhase.Unknown));
        });
        var looked = Change(edit =>
        {
            edit.Set(Fleet.Agent("fresh", activity: Activity.Waiting));
            edit.Set(Fleet.Agent("dark"));
        });
        looked.AddRange(Change(edit => edit.Set(Fleet.Agent("dark", activity: Activity.Blocked))));

        Assert.Empty(found);
        Assert.Empty(looked);
    }

    [Fact]
    public void What_follows_is_news_once_each_time_that_it_happens()
    {
        Change(edit =>
        {
            edit.SetSource(Fleet.Here);
            edit.Set(Fleet.Agent("a"));
        });

        Assert.Empty(Change(edit => edit.Set(Fleet.Agent("a", activity: Activity.Busy))));
        Assert.Equal(["here/a waits for an answer"], Change(edit => edit.Set(Fleet.Agent("a", activity: Activity.Waiting))));
        Assert.Equal(["here/a needs an approval"], Change(edit => edit.Set(Fleet.Agent("a", activity: Activity.Blocked))));
        Assert.Empty(Change(edit => edit.Set(Fleet.Agent("a", activity: Activity.Waiting))));
        Assert.Equal(["here/a completed: Test"], Change(edit => edit.Set(Fleet.Agent("a", AgentPhase.Completed))));
        Assert.Empty(Change(edit => edit.Remove(Fleet.Id("a"), "SessionClosed")));
    }

    [Fact]
    public void A_new_agent_is_news_from_its_first_question_on()
    {
        Change(edit => edit.SetSource(Fleet.Here));
        Assert.Empty(Change(edit => edit.Set(Fleet.Agent("b"))));

        Assert.Equal(["here/b waits for an answer"], Change(edit => edit.Set(Fleet.Agent("b", activity: Activity.Waiting))));
        Assert.Equal(["here/b is gone: its session closed"], Change(edit => edit.Remove(Fleet.Id("b"), "its session closed")));
    }

    [Fact]
    public void Agents_that_leave_with_their_source_or_while_it_is_away_are_no_news_and_its_first_answer_is_none_again()
    {
        Change(edit =>
        {
            edit.SetSource(Fleet.Here);
            edit.Set(Fleet.Agent("a"));
        });

        Assert.Empty(Change(edit => edit.ArrangeSources([])));
        Assert.Empty(Change(edit => edit.SetSource(Fleet.Here with { Link = SourceLink.Connecting })));
        Assert.Empty(Change(edit =>
        {
            edit.SetSource(Fleet.Here);
            edit.Set(Fleet.Agent("a"));
        }));
        Assert.Empty(Change(edit => edit.Set(Fleet.Agent("a", activity: Activity.Waiting))));
        Change(edit => edit.SetSource(Fleet.Here with { Link = SourceLink.Unreachable }));
        Assert.Empty(Change(edit => edit.Remove(Fleet.Id("a"), "")));
    }

    [Fact]
    public void An_agent_that_is_stuck_is_told_with_the_reason()
    {
        Change(edit =>
        {
            edit.SetSource(Fleet.Here);
            edit.Set(Fleet.Agent("a", AgentPhase.Pending, spec: Fleet.Spec("a")));
        });

        var stuck = new Condition(ConditionTypes.Stuck, ConditionStatus.True, "PendingTooLong", "it has been pending for over 5 min", Fleets.Now, 1);
        Assert.Equal(["here/a is stuck: it has been pending for over 5 min"], Change(edit => edit.SetUpkeep(Fleet.Id("a"), new AgentUpkeep { Conditions = [stuck] })));
        Assert.Empty(Change(edit => edit.SetUpkeep(Fleet.Id("a"), new AgentUpkeep { Conditions = [stuck], Restarts = 1 })));
    }

    [Fact]
    public void Five_minutes_of_work_without_output_are_told_once_and_again_after_it_went_on()
    {
        Change(edit => edit.SetSource(Fleet.Here));
        Change(edit => edit.Set(Busy()));
        Change(edit => edit.Set(Busy(Activity.Busy)));

        Assert.Empty(After(minutes: 4));
        Assert.Equal(["here/a is busy and has printed nothing for 5 min"], After(minutes: 1));
        Assert.Empty(After(minutes: 30));

        Change(edit => edit.Set(Busy(Activity.Busy)));
        Assert.Empty(After(minutes: 4));
        Assert.Single(After(minutes: 6));
    }

    [Fact]
    public void Output_a_question_and_a_lost_source_are_no_stall()
    {
        Change(edit => edit.SetSource(Fleet.Here));
        Change(edit => edit.Set(Busy(Activity.Busy)));
        Change(edit => edit.Set(Busy(Activity.Limited)));

        Assert.Empty(After(minutes: 4));
        Change(edit => edit.Set(Busy(Activity.Limited)));
        Assert.Empty(After(minutes: 4));
        Change(edit => edit.SetSource(Fleet.Here with { Link = SourceLink.Unreachable }));
        Assert.Empty(After(minutes: 60));
        Change(edit => edit.SetSource(Fleet.Here));
        Assert.Equal(["here/a is limited and has printed nothing for 5 min"], After(minutes: 10));
        Change(edit => edit.Set(Busy(Activity.Waiting)));
        Assert.Empty(After(minutes: 60));
        Assert.Null(_watch.NextLook);
    }

    [Fact]
    public void A_silence_that_was_too_long_before_the_engine_began_is_no_news()
    {
        var old = Busy(Activity.Busy);
        _time.Advance(TimeSpan.FromMinutes(6));
        var watch = new NotificationWatch(_time.GetUtcNow(), text => text);
        _store.Apply(edit =>
        {
            edit.SetSource(Fleet.Here);
            edit.Set(old);
        });
        watch.Take(new FleetUpdate(_store.Current, []), _time.GetUtcNow());
        _time.Advance(TimeSpan.FromHours(1));

        Assert.NotNull(watch.NextLook);
        Assert.Empty(watch.Look(_time.GetUtcNow()));
    }

    private Agent Busy(Activity activity = Activity.None)
    {
        var agent = Fleet.Agent("a", activity: activity);
        return agent with { Status = agent.Status with { LastActivity = _time.GetUtcNow() } };
    }

    private List<string> Change(Action<FleetEdit> change)
    {
        _store.Apply(change);
        var told = _watch.Take(new FleetUpdate(_store.Current, [.. _store.RecentEvents.Where(happened => happened.Seq > _seen)]), _time.GetUtcNow());
        _seen = _store.RecentEvents.LastOrDefault()?.Seq ?? 0;
        return [.. told.Select(notification => notification.Message)];
    }

    private List<string> After(int minutes)
    {
        var told = new List<string>();
        for (var minute = 0; minute < minutes; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            told.AddRange(_watch.Look(_time.GetUtcNow()).Select(notification => notification.Message));
        }

        return told;
    }
}
