using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tests.Domain;

public sealed class FleetEventTextTests
{
    private static readonly AgentId Mayor = new("gc", "", "mayor");

    public static TheoryData<FleetEvent, string, string> Events() => new()
    {
        { new AgentAppeared(1, default, Mayor, AgentPhase.Running), "gc/mayor", "appeared, running" },
        { new AgentGone(1, default, Mayor, "SessionClosed"), "gc/mayor", "is gone (SessionClosed)" },
        { new AgentGone(1, default, Mayor, ""), "gc/mayor", "is gone" },
        { new PhaseChanged(1, default, Mayor, AgentPhase.Running, AgentPhase.Failed, "ExitCode"), "gc/mayor", "went from running to failed (ExitCode)" },
        { new PhaseChanged(1, default, Mayor, AgentPhase.Stopping, AgentPhase.Failed, "PodDeleted") { Message = "its pod was deleted by someone else" }, "gc/mayor", "went from stopping to failed (PodDeleted: its pod was deleted by someone else)" },
        { new ActivityChanged(1, default, Mayor, Activity.Busy, Activity.Blocked, "menu"), "gc/mayor", "went from busy to blocked (menu)" },
        { new ActivityChanged(1, default, Mayor, Activity.None, Activity.Busy, ""), "gc/mayor", "is busy" },
        { new ActivityChanged(1, default, Mayor, Activity.Idle, Activity.None, ""), "gc/mayor", "is no longer idle" },
        { new SourceLinkChanged(1, default, "gc", SourceLink.Live, SourceLink.Denied, "403"), "source gc", "went from live to denied: 403" },
        { new SourceLinkChanged(1, default, "gc", SourceLink.Stale, SourceLink.Live, null), "source gc", "went from stale to live" },
        { new KeeperChanged(1, default, "process 7 on ship"), "agents.toml", "is kept by process 7 on ship now" },
        { new LeaderChanged(1, default, "gc", null, "ship_1"), "source gc", "is kept by ship_1 now" },
        { new LeaderChanged(1, default, "gc", "ship_1", "ship_2"), "source gc", "is kept by ship_2 now, before by ship_1" },
        { new LeaderChanged(1, default, "gc", "ship_1", null), "source gc", "is kept by nobody that is known, before by ship_1" },
        { new ConfigurationReloaded(1, default, 0), "agents.toml", "was read again" },
        { new ConfigurationReloaded(1, default, 1), "agents.toml", "was read again: 1 error, the last good configuration stays in force" },
        { new ConfigurationReloaded(1, default, 2), "agents.toml", "was read again: 2 errors, the last good configuration stays in force" },
        { new AgentQuarantined(1, default, Mayor, new DateTimeOffset(2026, 11, 22, 9, 5, 0, TimeSpan.Zero), "it ended 5 times"), "gc/mayor", "is left alone until 09:05:00 UTC (it ended 5 times)" },
        { new AgentQuarantined(1, default, Mayor, null, ""), "gc/mayor", "is no longer left alone" },
        { new ConditionChanged(1, default, Mayor, "Stuck", true, "it has been pending for over 5 min"), "gc/mayor", "is stuck: it has been pending for over 5 min" },
        { new ConditionChanged(1, default, Mayor, "Drifted", false, ""), "gc/mayor", "is no longer drifted" },
        { Operation(OperationOutcome.Succeeded, "delivered"), "gc/mayor", "nudge by anna: delivered" },
        { Operation(OperationOutcome.Succeeded, ""), "gc/mayor", "nudge by anna: done" },
        { Operation(OperationOutcome.Refused, "it is stopped"), "gc/mayor", "nudge by anna: refused: it is stopped" },
        { Operation(OperationOutcome.Partial, "typed, not submitted"), "gc/mayor", "nudge by anna: done in part: typed, not submitted" },
        { Operation(OperationOutcome.Failed, "failed: no such pane"), "gc/mayor", "nudge by anna: failed: no such pane" },
        { Operation(OperationOutcome.Failed, ""), "gc/mayor", "nudge by anna: failed" },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_is_a_subject_and_a_sentence(FleetEvent happened, string subject, string sentence)
    {
        Assert.Equal(subject, FleetEventText.Subject(happened));
        Assert.Equal(sentence, FleetEventText.Describe(happened));
    }

    [Fact]
    public void No_type_of_event_is_forgotten()
    {
        var told = Events().Select(row => row[0].GetType()).ToHashSet();

        Assert.All(typeof(FleetEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(FleetEvent))), type => Assert.Contains(type, told));
    }

    [Fact]
    public void Hostile_text_is_made_plain()
    {
        var hostile = new OperationFinished(1, default, new AgentId("gc", "", "a\u001b[2J"), "an\nna", "nudge\u0007", OperationOutcome.Failed, "x\u009b31m");

        var all = FleetEventText.Subject(hostile) + FleetEventText.Describe(hostile) + FleetEventText.Operator(hostile);

        Assert.DoesNotContain(all, char.IsControl);
    }

    private static OperationFinished Operation(OperationOutcome outcome, string detail) => new(1, default, Mayor, "anna", "nudge", outcome, detail);
}
