using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Notifications;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Notifications;

public sealed class NotificationRulesTests
{
    private static readonly AgentId A = Fleet.Id("a");

    public static TheoryData<Activity> Activities() => new(Enum.GetValues<Activity>());

    public static TheoryData<AgentPhase> Phases() => new(Enum.GetValues<AgentPhase>());

    [Theory]
    [MemberData(nameof(Activities))]
    public void An_agent_needs_input_when_it_begins_to_wait_or_is_blocked_and_at_no_other_change(Activity to)
    {
        foreach (var from in Enum.GetValues<Activity>().Where(from => from != to))
        {
            NotificationKind? expected = to == Activity.Blocked || (to == Activity.Waiting && from != Activity.Blocked) ? NotificationKind.NeedsInput : null;

            Assert.Equal(expected, NotificationRules.KindOf(new ActivityChanged(1, default, A, from, to, ""), Fleet.Agent("a"), AgentPhase.Running));
        }
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void Only_ends_that_nobody_asked_for_are_told_of_phases(AgentPhase to)
    {
        NotificationKind? expected = to switch
        {
            AgentPhase.Failed => NotificationKind.Failed,
            AgentPhase.Completed => NotificationKind.Completed,
            _ => null,
        };

        Assert.Equal(expected, NotificationRules.KindOf(new PhaseChanged(1, default, A, AgentPhase.Running, to, ""), Fleet.Agent("a"), AgentPhase.Running));
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void An_agent_that_vanishes_while_it_runs_is_told_and_one_that_ended_is_not(AgentPhase phase)
    {
        var gone = new AgentGone(1, default, A, "");
        NotificationKind? whenFound = phase is AgentPhase.Starting or AgentPhase.Running ? NotificationKind.Gone : null;
        NotificationKind? whenDeclared = phase is AgentPhase.Pending or AgentPhase.Unknown ? NotificationKind.Gone : whenFound;

        Assert.Equal(whenFound, NotificationRules.KindOf(gone, Fleet.Agent("a", phase), phase));
        Assert.Equal(whenDeclared, NotificationRules.KindOf(gone, Fleet.Agent("a", phase, spec: Fleet.Spec("a")), phase));
        var asked = Fleet.Agent("a", phase) with { Upkeep = new AgentUpkeep { Request = new OperatorRequest(RequestKind.Stop, "ann", default) } };
        Assert.Null(NotificationRules.KindOf(gone, asked, phase));
    }

    [Fact]
    public void An_agent_that_gets_stuck_is_told_and_one_that_drifts_is_not()
    {
        Assert.Equal(NotificationKind.Stalled, NotificationRules.KindOf(new ConditionChanged(1, default, A, ConditionTypes.Stuck, true, "x"), null, AgentPhase.Pending));
        Assert.Null(NotificationRules.KindOf(new ConditionChanged(1, default, A, ConditionTypes.Stuck, false, ""), null, AgentPhase.Pending));
        Assert.Null(NotificationRules.KindOf(new ConditionChanged(1, default, A, ConditionTypes.Drifted, true, "x"), null, AgentPhase.Running));
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void Only_an_agent_that_should_get_on_can_stall(AgentPhase phase)
    {
        foreach (var activity in Enum.GetValues<Activity>())
        {
            var agent = Fleets.Agent("here/a", phase, activity, idleSeconds: 0);
            agent = agent with { Status = agent.Status with { Activity = activity } };

            DateTimeOffset? expected = phase == AgentPhase.Running && activity is Activity.Busy or Activity.Limited
                ? Fleets.Now + TimeSpan.FromMinutes(5) : null;

            Assert.Equal(expected, NotificationRules.StallsAt(agent));
        }
    }

    [Fact]
    public void The_sentence_is_plain_redacted_and_short()
    {
        var hostile = new AgentId("here", "", "a\u001b]9;x\u0007");
        var why = "PASSWORD=hunter2hunter2 \u009b31m " + new string('x', 5000);

        var told = NotificationRules.Tell(
            NotificationKind.NeedsInput, new ActivityChanged(1, Fleets.Now, hostile, Activity.Busy, Activity.Blocked, why), null, Redactor.Redact);

        Assert.StartsWith("here/a\uFFFD]9;x\uFFFD needs an approval: PASSWORD=*** \uFFFD31m xxx", told.Message);
        Assert.DoesNotContain(told.Message + told.Agent + told.Reason, char.IsControl);
        Assert.True(told.Message.Length <= 300);
        Assert.DoesNotContain("hunter2", told.Message + told.Reason);
    }

    [Fact]
    public void The_key_is_made_of_the_agents_own_times_and_not_of_when_an_engine_looked()
    {
        var agent = Fleet.Agent("a", AgentPhase.Failed);
        agent = agent with { Status = agent.Status with { StartedAt = Fleets.Now, LastActivity = Fleets.Now.AddSeconds(9) } };
        Notification Told(long seq, DateTimeOffset at, Agent now) =>
            NotificationRules.Tell(NotificationKind.Failed, new PhaseChanged(seq, at, A, AgentPhase.Running, AgentPhase.Failed, "ExitCode"), now, text => text);

        var first = Told(1, Fleets.Now.AddSeconds(10), agent);

        Assert.Equal(first.Key, Told(77, Fleets.Now.AddHours(1), agent).Key);
        Assert.NotEqual(first.Key, Told(78, Fleets.Now.AddSeconds(10), agent with { Upkeep = new AgentUpkeep { Restarts = 1 } }).Key);
        Assert.Equal("here/a failed: ExitCode", first.Message);
    }
}
