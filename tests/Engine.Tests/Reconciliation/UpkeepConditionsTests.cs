using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Reconciliation;

namespace AgentDeck.Engine.Tests.Reconciliation;

public sealed class UpkeepConditionsTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly AgentPlan Plan = AgentPlan.Leave("Waiting", "for something");

    // In which phase, what was asked and how far that got, and after how many seconds it is stuck; null for never.
    [Theory]
    [InlineData(AgentPhase.Pending, "", 300, "PendingTooLong")]
    [InlineData(AgentPhase.Starting, "", 300, "StartingTooLong")]
    [InlineData(AgentPhase.Stopping, "", 60, "StoppingTooLong")]
    [InlineData(AgentPhase.Stopping, "interrupted", 60, "StoppingTooLong")]
    [InlineData(AgentPhase.Running, "", null, null)]
    [InlineData(AgentPhase.Failed, "", null, null)]
    [InlineData(AgentPhase.Unknown, "", null, null)]
    [InlineData(AgentPhase.Running, "asked", 120, "RequestUnanswered")]
    [InlineData(AgentPhase.Running, "interrupted", null, null)]
    [InlineData(AgentPhase.Pending, "asked", 120, "RequestUnanswered")]
    [InlineData(AgentPhase.Pending, "started", 300, "PendingTooLong")]
    public void What_takes_too_long_is_a_condition_from_then_on(AgentPhase phase, string asked, int? seconds, string? reason)
    {
        var upkeep = AgentUpkeep.None with
        {
            Phase = phase,
            PhaseSince = Begin,
            Request = asked.Length == 0 ? null : new OperatorRequest(RequestKind.Restart, "eve", Begin)
            {
                InterruptedAt = asked == "interrupted" ? Begin : null,
                StartedAt = asked == "started" ? Begin : null,
            },
        };

        Assert.Null(StuckAt(seconds - 1 ?? 1_000_000));
        Assert.Equal(reason, seconds is { } due ? StuckAt(due)!.Reason : null);
        Assert.Equal(seconds is { } later ? Begin.AddSeconds(later) : null, StuckRules.Limit(upkeep)?.Due);

        Condition? StuckAt(int after) => Find(ConditionTypes.Stuck, upkeep, Begin.AddSeconds(after), phase);
    }

    [Fact]
    public void Once_it_goes_on_it_is_stuck_no_more()
    {
        var stuck = AgentUpkeep.None with { Phase = AgentPhase.Pending, PhaseSince = Begin };
        stuck = stuck with { Conditions = UpkeepConditions.Of(Declared(AgentPhase.Pending), stuck, Plan, Begin.AddHours(1)) };
        Assert.NotNull(ConditionList.Find(stuck.Conditions, ConditionTypes.Stuck));

        Assert.Null(Find(ConditionTypes.Stuck, stuck with { Phase = AgentPhase.Running }, Begin.AddHours(1), AgentPhase.Running));
    }

    [Fact]
    public void Each_condition_says_of_which_generation_of_the_declaration_it_speaks()
    {
        var conditions = UpkeepConditions.Of(
            Declared(AgentPhase.Pending) with { Generation = 7 }, AgentUpkeep.None with { Phase = AgentPhase.Pending, PhaseSince = Begin }, Plan, Begin.AddHours(1));

        Assert.Equal(["Declared 7", "Reconciled 7", "Stuck 7"], conditions.Select(condition => $"{condition.Type} {condition.ObservedGeneration}"));
    }

    [Fact]
    public void What_is_declared_is_said_to_be_so_and_how_it_stands_to_that()
    {
        Assert.Equal(
            [
                new Condition(ConditionTypes.Declared, ConditionStatus.True, "InConfiguration", "", Begin, 1),
                new Condition(ConditionTypes.Reconciled, ConditionStatus.False, "Waiting", "for something", Begin, 1),
            ],
            UpkeepConditions.Of(Declared(AgentPhase.Running), AgentUpkeep.None, Plan, Begin).AsEnumerable());
        Assert.Empty(UpkeepConditions.Of(Fleet.Agent("a"), AgentUpkeep.None, Plan, Begin));
    }

    private static Agent Declared(AgentPhase phase) => Fleet.Agent("a", phase, spec: Fleet.Spec("a"));

    private static Condition? Find(string type, AgentUpkeep upkeep, DateTimeOffset now, AgentPhase phase) =>
        ConditionList.Find(UpkeepConditions.Of(Declared(phase), upkeep, Plan, now), type);
}
