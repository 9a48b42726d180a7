using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Reconciliation;

namespace AgentDeck.Engine.Tests.Reconciliation;

public sealed class UpkeepRulesTests
{
    private static readonly CrashLoopLimits Limits = new();
    private static readonly DateTimeOffset Begin = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private DateTimeOffset _now = Begin;
    private AgentUpkeep _upkeep = AgentUpkeep.None;

    [Fact]
    public void Seeing_the_same_again_changes_nothing()
    {
        foreach (var phase in Enum.GetValues<AgentPhase>())
        {
            var once = UpkeepRules.Observe(AgentUpkeep.None, Fleet.Agent("a", phase).Status, Limits, Begin, 1);

            Assert.Equal(once, UpkeepRules.Observe(once, Fleet.Agent("a", phase).Status, Limits, Begin, 0));
        }
    }

    [Fact]
    public void Five_runs_in_a_row_that_end_within_half_a_minute_are_a_crash_loop_and_wait_longer_each_time()
    {
        var waits = new List<double>();
        for (var run = 1; run <= 5; run++)
        {
            Run(TimeSpan.FromSeconds(10), AgentPhase.Failed);
            waits.Add((_upkeep.NextStart!.Value - _now).TotalSeconds);
        }

        Assert.Equal([1, 2, 4, 8, 300], waits);
        Assert.Equal(new Quarantine(_now, _now + TimeSpan.FromMinutes(5), "it ended 5 times in a row within 30 s"), _upkeep.Quarantine);
        Assert.Equal(_now + TimeSpan.FromMinutes(5), UpkeepRules.NextLook(_upkeep, Limits));
    }

    [Fact]
    public void Three_runs_in_a_row_that_end_within_five_minutes_are_a_crash_loop_too()
    {
        Run(TimeSpan.FromMinutes(1), AgentPhase.Failed);
        Run(TimeSpan.FromMinutes(4), AgentPhase.Failed);
        Assert.Null(_upkeep.Quarantine);

        Run(TimeSpan.FromMinutes(2), AgentPhase.Failed);

        Assert.Equal("it ended 3 times in a row within 5 min", _upkeep.Quarantine?.Reason);
    }

    [Fact]
    public void A_long_run_forgives_and_so_does_the_end_of_the_quarantine()
    {
        Run(TimeSpan.FromSeconds(10), AgentPhase.Failed);
        See(AgentPhase.Running);
        Assert.Equal(_upkeep.LastStart + Limits.Rapid, UpkeepRules.NextLook(_upkeep, Limits));
        Pass(Limits.Rapid + TimeSpan.FromSeconds(1));
        See(AgentPhase.Running);
        Assert.Equal(0, _upkeep.RapidEnds);

        See(AgentPhase.Failed);
        for (var run = 0; run < 2; run++)
        {
            Run(TimeSpan.FromMinutes(1), AgentPhase.Failed);
        }

        Assert.NotNull(_upkeep.Quarantine);
        Pass(Limits.Quarantine);
        See(AgentPhase.Failed);
        Assert.Equal((null, 0, null), (_upkeep.Quarantine, _upkeep.EarlyEnds, _upkeep.NextStart));
    }

    [Fact]
    public void An_end_that_was_asked_for_counts_for_nothing()
    {
        for (var run = 0; run < 10; run++)
        {
            Run(TimeSpan.FromSeconds(1), AgentPhase.Stopped);
        }

        Assert.Equal((0, 0, null, null), (_upkeep.RapidEnds, _upkeep.EarlyEnds, _upkeep.NextStart, _upkeep.Quarantine));
    }

    [Fact]
    public void An_agent_that_was_found_ended_is_no_crash()
    {
        See(AgentPhase.Failed);

        Assert.Equal((0, null), (_upkeep.RapidEnds, _upkeep.NextStart));
    }

    [Fact]
    public void Starts_that_fail_are_a_crash_loop_as_well()
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            _upkeep = UpkeepRules.AfterFailedStart(_upkeep, Limits, _now, 1);
            See(AgentPhase.Failed);
            Pass(TimeSpan.FromSeconds(30));
        }

        Assert.NotNull(_upkeep.Quarantine);
    }

    private void Run(TimeSpan lived, AgentPhase end)
    {
        See(AgentPhase.Running);
        Pass(lived);
        See(end);
    }

    private void Pass(TimeSpan time) => _now += time;

    private void See(AgentPhase phase) => _upkeep = UpkeepRules.Observe(_upkeep, Fleet.Agent("a", phase).Status, Limits, _now, 1);
}
