using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Reconciliation;

namespace AgentDeck.Engine.Tests.Reconciliation;

public sealed class AgentPlannerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly OperatorRequest?[] Requests =
    [
        null,
        new(RequestKind.Start, "eve", Now),
        new(RequestKind.Start, "eve", Now) { StartedAt = Now },
        new(RequestKind.Start, "eve", Now - TimeSpan.FromHours(1)) { StartedAt = Now - TimeSpan.FromHours(1) },
        new(RequestKind.Stop, "eve", Now),
        new(RequestKind.Stop, "eve", Now) { InterruptedAt = Now },
        new(RequestKind.Stop, "eve", Now) { InterruptedAt = Now - TimeSpan.FromSeconds(5) },
        new(RequestKind.Stop, "eve", Now) { InterruptedAt = Now - TimeSpan.FromSeconds(6), KilledAt = Now },
        new(RequestKind.Stop, "eve", Now) { InterruptedAt = Now - TimeSpan.FromHours(1), KilledAt = Now - TimeSpan.FromHours(1) },
        new(RequestKind.Restart, "eve", Now),
        new(RequestKind.Restart, "eve", Now) { EndedAt = Now },
        new(RequestKind.Restart, "eve", Now) { EndedAt = Now, StartedAt = Now },
    ];

    private static readonly SpecDrift Drift = new("abc", "def");

    private static IEnumerable<PlanInputs> Everything() =>
        from phase in Enum.GetValues<AgentPhase>()
        from link in Enum.GetValues<SourceLink>()
        from spec in Specs()
        from request in Requests
        from enforces in new[] { true, false }
        from barred in new[] { null, "not allowed" }
        from elsewhere in new[] { null, "it runs elsewhere" }
        from upkeep in new[]
        {
            AgentUpkeep.None,
            AgentUpkeep.None with { NextStart = Now + TimeSpan.FromSeconds(1), LastDesired = DesiredState.Running },
            AgentUpkeep.None with { Quarantine = new Quarantine(Now, Now + TimeSpan.FromMinutes(5), "too often") },
        }
        from drifted in phase == AgentPhase.Running && link == SourceLink.Live ? Drifts : [(ApplyPolicy.Auto, Activity.Idle, null, null)]
        select new PlanInputs
        {
            Spec = spec is null ? null : spec with { Apply = drifted.Apply },
            Status = Fleet.Agent("a", phase, drifted.Activity).Status with { Drift = drifted.Drift },
            Upkeep = upkeep with { Request = request, AppliedFor = drifted.AppliedFor },
            Link = link,
            WhyNotEnforced = enforces ? null : OnlyLooking.Reason,
            StartBarred = barred,
            Elsewhere = elsewhere,
            EndBarred = barred,
            KillGrace = TimeSpan.FromSeconds(5),
            Now = Now,
        };

    private static readonly (ApplyPolicy Apply, Activity Activity, SpecDrift? Drift, string? AppliedFor)[] Drifts =
    [
        .. from apply in Enum.GetValues<ApplyPolicy>()
           from activity in Enum.GetValues<Activity>()
           from drift in new[] { null, Drift }
           from applied in new[] { null, "older", Drift.Declared }
           select (apply, activity, drift, applied),
    ];

    private static IEnumerable<AgentSpec?> Specs() =>
        (from desired in Enum.GetValues<DesiredState>()
         from restart in Enum.GetValues<RestartPolicy>()
         select (AgentSpec?)(Fleet.Spec("a", desired: desired) with { Restart = restart })).Append(null);

    [Fact]
    public void Every_combination_has_a_plan_that_keeps_the_promises()
    {
        foreach (var input in Everything())
        {
            var plan = AgentPlanner.Plan(input);
            var what = $"{plan} for {input}";
            var request = input.Upkeep.Request;

            Assert.True(plan.Reason.Length > 0, what);
            Assert.True(plan.CheckAgainAt is null || (plan.CheckAgainAt > input.Now && plan.Action is AgentAction.None), what);
            if (input.Link != SourceLink.Live)
            {
                Assert.True(plan is { Action: AgentAction.None, Reconciled: ConditionStatus.Unknown }, what);
                continue;
            }

            if (plan.Action is AgentAction.Start)
            {
                Assert.True(input.StartBarred is null, $"started though barred: {what}");
                Assert.True(input.Status.Phase is not (AgentPhase.Running or AgentPhase.Stopping), $"started a living agent: {what}");
                Assert.True(request?.Kind != RequestKind.Stop, $"a stop must beat every start: {what}");
                Assert.True(request is not null || input is { WhyNotEnforced: null, Spec.Desired: DesiredState.Running }, $"started unasked: {what}");
                Assert.True(request is not null || input.Upkeep is { Quarantine: null, NextStart: null }, $"started too soon: {what}");
                Assert.True(request is not null || input.Elsewhere is null, $"started a second time: {what}");
                Assert.True(request is not null || input.Status.Phase is not (AgentPhase.Stopped or AgentPhase.Unknown or AgentPhase.Starting), what);
            }

            if (plan.Action is AgentAction.Interrupt or AgentAction.Kill)
            {
                Assert.True(request is { Kind: RequestKind.Stop or RequestKind.Restart, EndedAt: null }, $"ended unasked: {what}");
                Assert.True(input.Status.Phase is AgentPhase.Running or AgentPhase.Starting or AgentPhase.Stopping or AgentPhase.Unknown, $"ended what had ended: {what}");
            }

            if (plan.Action is AgentAction.Kill)
            {
                Assert.True(request is { KilledAt: null, InterruptedAt: { } interrupted } && Now - interrupted >= AgentPlanner.StopGrace, $"killed without a grace: {what}");
            }

            if (plan.Action is AgentAction.Request { Kind: RequestKind.Stop })
            {
                Assert.True(request is null && input is { Spec.Desired: DesiredState.Stopped, Upkeep.LastDesired: DesiredState.Running }, what);
            }

            var mayRenew = request is null
                && input is { Spec: { Desired: DesiredState.Running, Apply: ApplyPolicy.Auto }, Status: { Phase: AgentPhase.Running, Drift: not null } }
                && input is { WhyNotEnforced: null, StartBarred: null, EndBarred: null, Upkeep.Quarantine: null }
                && input.Upkeep.AppliedFor != Drift.Declared
                && input.Status.Activity is not (Activity.Busy or Activity.Blocked or Activity.None);
            Assert.True(plan.Action is AgentAction.Request { Kind: not RequestKind.Stop } == mayRenew, $"a changed declaration is applied when nothing is lost, and only then: {what}");
            Assert.True(input is not { Spec.Desired: DesiredState.Running, Status: { Phase: AgentPhase.Running, Drift: not null } } || request is not null || plan.Reconciled == ConditionStatus.False, what);

            if (plan.Action is AgentAction.Finish or AgentAction.NoteEnd)
            {
                Assert.True(request is not null, what);
            }
        }
    }

    [Theory]
    [InlineData(RestartPolicy.Never, AgentPhase.Failed, false)]
    [InlineData(RestartPolicy.Never, AgentPhase.Completed, false)]
    [InlineData(RestartPolicy.OnFailure, AgentPhase.Failed, true)]
    [InlineData(RestartPolicy.OnFailure, AgentPhase.Completed, false)]
    [InlineData(RestartPolicy.Always, AgentPhase.Failed, true)]
    [InlineData(RestartPolicy.Always, AgentPhase.Completed, true)]
    [InlineData(RestartPolicy.Always, AgentPhase.Stopped, false)]
    [InlineData(RestartPolicy.Never, AgentPhase.Pending, true)]
    public void The_restart_policy_says_what_follows_an_end(RestartPolicy policy, AgentPhase phase, bool starts)
    {
        var plan = AgentPlanner.Plan(Input(phase) with { Spec = Fleet.Spec("a") with { Restart = policy } });

        Assert.Equal(starts, plan.Action is AgentAction.Start);
    }

    [Theory]
    [InlineData(ApplyPolicy.Restart, Activity.Idle, null, false, "Drifted")]
    [InlineData(ApplyPolicy.Auto, Activity.Idle, null, false, "Applying")]
    [InlineData(ApplyPolicy.Auto, Activity.Waiting, "older", false, "Applying")]
    [InlineData(ApplyPolicy.Auto, Activity.Limited, null, false, "Applying")]
    [InlineData(ApplyPolicy.Auto, Activity.Busy, null, false, "WaitsUntilIdle")]
    [InlineData(ApplyPolicy.Auto, Activity.Blocked, null, false, "WaitsUntilIdle")]
    [InlineData(ApplyPolicy.Auto, Activity.None, null, false, "WaitsUntilIdle")]
    [InlineData(ApplyPolicy.Auto, Activity.Idle, "def", false, "DriftRemains")]
    [InlineData(ApplyPolicy.Auto, Activity.Idle, null, true, "RestartNotPermitted")]
    public void A_changed_declaration_is_applied_once_and_only_to_an_agent_that_rests(ApplyPolicy apply, Activity activity, string? appliedFor, bool isBarred, string reason)
    {
        var plan = AgentPlanner.Plan(Input(AgentPhase.Running) with
        {
            Spec = Fleet.Spec("a") with { Apply = apply },
            Status = Fleet.Agent("a", AgentPhase.Running, activity).Status with { Drift = Drift },
            Upkeep = AgentUpkeep.None with { AppliedFor = appliedFor },
            EndBarred = isBarred ? "not allowed" : null,
        });

        Assert.Equal((reason, reason == "Applying"), (plan.Reason, plan.Action is AgentAction.Request { Kind: RequestKind.Restart }));
    }

    [Fact]
    public void A_start_that_failed_is_tried_again_whatever_the_policy_for_ends()
    {
        var input = Input(AgentPhase.Failed);
        input = input with { Status = input.Status with { Reason = "StartFailed" } };

        Assert.IsType<AgentAction.Start>(AgentPlanner.Plan(input).Action);
    }

    [Fact]
    public void A_stop_goes_from_the_interrupt_over_a_grace_to_the_kill_and_says_so_when_even_that_fails()
    {
        var request = new OperatorRequest(RequestKind.Stop, "eve", Now);
        Assert.IsType<AgentAction.Interrupt>(Plan(request).Action);

        request = request with { InterruptedAt = Now };
        Assert.Equal(Now + TimeSpan.FromSeconds(5), Plan(request).CheckAgainAt);
        Assert.IsType<AgentAction.Kill>(Plan(request, seconds: 5).Action);

        request = request with { KilledAt = Now + TimeSpan.FromSeconds(5) };
        Assert.Equal(Now + TimeSpan.FromSeconds(15), Plan(request, seconds: 5).CheckAgainAt);
        Assert.Equal(OperationOutcome.Failed, Assert.IsType<AgentAction.Finish>(Plan(request, seconds: 15).Action).Result.Outcome);
        Assert.Equal(
            new OperationResult(OperationOutcome.Succeeded, "stopped after its grace period of 5 s"),
            Assert.IsType<AgentAction.Finish>(Plan(request, AgentPhase.Stopped, 6).Action).Result);

        AgentPlan Plan(OperatorRequest asked, AgentPhase phase = AgentPhase.Running, int seconds = 0) => AgentPlanner.Plan(Input(phase) with
        {
            Upkeep = AgentUpkeep.None with { Request = asked },
            KillGrace = TimeSpan.FromSeconds(10),
            Now = Now + TimeSpan.FromSeconds(seconds),
        });
    }

    [Fact]
    public void A_restart_whose_end_takes_long_is_not_given_up_between_its_end_and_its_start()
    {
        var request = new OperatorRequest(RequestKind.Restart, "eve", Now) { InterruptedAt = Now, KilledAt = Now };
        AgentPlan Plan(AgentPhase phase, double minutes) =>
            AgentPlanner.Plan(Input(phase) with { Upkeep = AgentUpkeep.None with { Request = request }, Now = Now + TimeSpan.FromMinutes(minutes) });

        Assert.IsType<AgentAction.None>(Plan(AgentPhase.Running, 1).Action);
        Assert.IsType<AgentAction.NoteEnd>(Plan(AgentPhase.Stopped, 4.9).Action);
        Assert.Equal(OperationOutcome.Failed, Assert.IsType<AgentAction.Finish>(Plan(AgentPhase.Running, 5).Action).Result.Outcome);
    }

    [Fact]
    public void A_start_that_another_engine_left_unfinished_is_gone_on_with_and_one_that_comes_up_is_not()
    {
        var input = Input(AgentPhase.Starting);

        Assert.IsType<AgentAction.None>(AgentPlanner.Plan(input).Action);
        input = input with { Status = input.Status with { Reason = PhaseRules.StartUnfinishedReason } };
        Assert.IsType<AgentAction.Start>(AgentPlanner.Plan(input).Action);
        var waits = AgentPlanner.Plan(input with { Upkeep = AgentUpkeep.None with { NextStart = Now + TimeSpan.FromSeconds(1) } });
        Assert.Equal(("BackingOff", "its start was cut short and is gone on with in a moment"), (waits.Reason, waits.Message));
    }

    [Fact]
    public void A_pod_that_is_still_coming_up_is_removed_and_what_never_began_is_not()
    {
        var input = Input(AgentPhase.Pending) with { Upkeep = AgentUpkeep.None with { Request = new OperatorRequest(RequestKind.Stop, "eve", Now) } };

        Assert.IsType<AgentAction.Finish>(AgentPlanner.Plan(input).Action);
        Assert.IsType<AgentAction.Interrupt>(AgentPlanner.Plan(input with { Status = input.Status with { Pod = new PodStatus("n", "p", "u", null, "Pending") } }).Action);
    }

    [Fact]
    public void A_session_that_its_platform_still_prepares_can_be_stopped()
    {
        var input = Input(AgentPhase.Pending) with { Upkeep = AgentUpkeep.None with { Request = new OperatorRequest(RequestKind.Stop, "eve", Now) } };
        var status = input.Status with { IsStartable = true };
        var agent = Fleet.Agent("a", AgentPhase.Pending);

        Assert.IsType<AgentAction.Interrupt>(AgentPlanner.Plan(input with { Status = status }).Action);
        Assert.Null(SessionRules.WhyNot(new SessionCommand.Stop(), agent with { Status = status }, AccessLimits.None));
        Assert.Equal("it is pending", SessionRules.WhyNot(new SessionCommand.Stop(), agent, AccessLimits.None));
    }

    [Fact]
    public void A_pod_that_was_deleted_and_is_gone_has_ended_whatever_its_platform_still_says()
    {
        var killed = new OperatorRequest(RequestKind.Stop, "eve", Now) { InterruptedAt = Now, KilledAt = Now };
        var input = Input(AgentPhase.Unknown) with { Upkeep = AgentUpkeep.None with { Request = killed } };

        Assert.IsType<AgentAction.Finish>(AgentPlanner.Plan(input).Action);
        Assert.IsType<AgentAction.Finish>(AgentPlanner.Plan(input with { Status = input.Status with { Phase = AgentPhase.Pending, IsStartable = true } }).Action);
        Assert.IsType<AgentAction.None>(AgentPlanner.Plan(input with
        {
            Status = input.Status with { Pod = new PodStatus("n", "p", "u", null, "Running") },
        }).Action);
    }

    [Fact]
    public void An_agent_whose_declaration_was_changed_to_stopped_is_stopped_and_one_that_somebody_started_is_not()
    {
        var input = Input(AgentPhase.Running) with { Spec = Fleet.Spec("a", desired: DesiredState.Stopped) };

        Assert.Equal(new AgentAction.Request(RequestKind.Stop), AgentPlanner.Plan(input with { Upkeep = AgentUpkeep.None with { LastDesired = DesiredState.Running } }).Action);
        Assert.IsType<AgentAction.None>(AgentPlanner.Plan(input).Action);
        input = input with { Status = input.Status with { Phase = AgentPhase.Starting }, Upkeep = AgentUpkeep.None with { LastDesired = DesiredState.Running } };
        Assert.Equal(new AgentAction.Request(RequestKind.Stop), AgentPlanner.Plan(input).Action);
    }

    private static PlanInputs Input(AgentPhase phase) => new()
    {
        Spec = Fleet.Spec("a"),
        Status = Fleet.Agent("a", phase).Status,
        Upkeep = AgentUpkeep.None,
        Link = SourceLink.Live,
        WhyNotEnforced = null,
        KillGrace = TimeSpan.FromSeconds(5),
        Now = Now,
    };
}
