using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>
/// Decides the next step for an agent: from what is seen, never from what was done before. Pure and total. What an operator asked
/// for comes before what is declared, and a stop before every recovery.
/// </summary>
internal static class AgentPlanner
{
    /// <summary>How long an agent may take to end after its interrupt key.</summary>
    internal static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    /// <summary>The plan for an agent as it is now.</summary>
    public static AgentPlan Plan(PlanInputs input) =>
        input.Link != SourceLink.Live ? AgentPlan.Unknown("SourceNotLive", "its source does not answer; nothing is done until it does")
        : input.Upkeep.Request is { } request ? Serve(request, input)
        : input.Spec is not { } spec ? AgentPlan.Unknown("NotDeclared", "it is only discovered; nothing is enforced")
        : input.WhyNotEnforced is { } why ? Compare(spec, input, why)
        : Enforce(spec, input);

    // A pod that waits for its image or its node is to be removed as one that runs, and so is a session that its platform prepares.
    private static bool HasEnded(AgentStatus status) =>
        status.Phase is AgentPhase.Stopped or AgentPhase.Completed or AgentPhase.Failed || status is { Phase: AgentPhase.Pending, Pod: null, IsStartable: false };

    // Its pod was deleted and is gone, whatever others still say of it.
    private static bool IsKilled(OperatorRequest request, AgentStatus status) =>
        request.KilledAt is not null && status is { Phase: AgentPhase.Unknown or AgentPhase.Pending, Pod: null };

    private static AgentPlan Serve(OperatorRequest request, PlanInputs input) =>
        request.Kind == RequestKind.Start || request.EndedAt is not null ? Start(request, input)
        : !HasEnded(input.Status) && !IsKilled(request, input.Status) ? End(request, input)
        : request.Kind == RequestKind.Restart ? AgentPlan.Do(new AgentAction.NoteEnd(), "Restarting", "it ended and is started again")
        : Done(HowItEnded(request));

    /// <summary>How an agent ended that was asked to stop, in words.</summary>
    public static string HowItEnded(OperatorRequest request) =>
        request.KilledAt is not null && request.InterruptedAt != request.KilledAt
            ? $"stopped after its grace period of {StopGrace.TotalSeconds:0} s"
            : "stopped";

    private static AgentPlan End(OperatorRequest request, PlanInputs input)
    {
        if (request.InterruptedAt is not { } interrupted)
        {
            return AgentPlan.Do(new AgentAction.Interrupt(), "Stopping", "it is interrupted");
        }

        if (request.KilledAt is not { } killed)
        {
            return input.Now < interrupted + StopGrace
                ? AgentPlan.Wait(interrupted + StopGrace, "Stopping", "it was interrupted and has a while to end by itself")
                : AgentPlan.Do(new AgentAction.Kill(), "Stopping", "it did not end by itself and is killed");
        }

        // What is killed ends at some time; given up before, it would stay stopped although it was to run again.
        var limit = killed + (request.Kind == RequestKind.Restart ? StuckRules.StartLimit : input.KillGrace);
        return input.Now < limit
            ? AgentPlan.Wait(limit, "Stopping", "it was killed; its end was not seen yet")
            : Failed("it still runs after being killed; look at its processes with the details view");
    }

    private static AgentPlan Start(OperatorRequest request, PlanInputs input) => (request.StartedAt, input.Status.Phase) switch
    {
        (null, AgentPhase.Running) => Done("it runs already"),
        (null, AgentPhase.Stopping) => WaitUntil(request.At + StuckRules.StartLimit, input, "Stopping", "it is ending, and is started then"),
        (null, _) when input.StartBarred is { } barred => new AgentPlan(new AgentAction.Finish(new OperationResult(OperationOutcome.Refused, barred)), null, ConditionStatus.False, "StartNotPermitted", barred),
        (null, _) => AgentPlan.Do(new AgentAction.Start(), "Starting", "it is started as was asked"),
        (_, AgentPhase.Running or AgentPhase.Completed) => Done(request.Kind == RequestKind.Restart ? "restarted" : "started"),
        ({ } started, AgentPhase.Starting or AgentPhase.Pending) => WaitUntil(started + StuckRules.StartLimit, input, "Starting", "it was started and is coming up"),
        _ => Failed(Describe(input.Status)),
    };

    private static AgentPlan WaitUntil(DateTimeOffset limit, PlanInputs input, string reason, string message) =>
        input.Now < limit ? AgentPlan.Wait(limit, reason, message) : Failed(Describe(input.Status));

    private static string Describe(AgentStatus status) => $"it is {Words.Of(status.Phase)}{(status.Message.Length > 0 ? $": {status.Message}" : "")}";

    private static AgentPlan Compare(AgentSpec spec, PlanInputs input, string why) =>
        (spec.Desired == DesiredState.Running) == input.Status.Phase is AgentPhase.Running && input.Status.Drift is null
            ? AgentPlan.Good("AsDeclared")
            : AgentPlan.Leave("NotEnforced", why);

    private static AgentPlan Enforce(AgentSpec spec, PlanInputs input) => (spec.Desired, input.Status.Phase) switch
    {
        (DesiredState.Stopped, AgentPhase.Running or AgentPhase.Starting) when input.Upkeep.LastDesired == DesiredState.Running =>
            AgentPlan.Do(new AgentAction.Request(RequestKind.Stop), "Stopping", "its declaration was changed to stopped"),
        (DesiredState.Stopped, AgentPhase.Running or AgentPhase.Starting) => AgentPlan.Leave("StartedOnRequest", "declared as stopped, and started by somebody"),
        (DesiredState.Stopped, _) => AgentPlan.Good("AsDeclared"),
        (_, AgentPhase.Running) => Renew(spec, input),
        // No pass runs beside a start of this engine: another one began it, and is gone or no longer the one that keeps it.
        (_, AgentPhase.Starting) when input.Status.Reason == PhaseRules.StartUnfinishedReason => Recover(input),
        (_, AgentPhase.Starting) => AgentPlan.Leave("Starting", "it is coming up"),
        (_, AgentPhase.Stopping) => AgentPlan.Leave("Stopping", "it is ending"),
        (_, AgentPhase.Unknown) => AgentPlan.Unknown("NotObserved", "it is not known whether it runs"),
        (_, AgentPhase.Stopped) => AgentPlan.Leave("StoppedOnRequest", "it stays stopped until somebody starts it"),
        (_, AgentPhase.Completed) when spec.Restart != RestartPolicy.Always => AgentPlan.Leave("Ended", $"it ended, and restart = \"{Words.Of(spec.Restart)}\" leaves it so"),
        (_, AgentPhase.Failed) when spec.Restart == RestartPolicy.Never && !NeverBegan(input.Status) => AgentPlan.Leave("Ended", "it failed, and restart = \"never\" leaves it so"),
        (_, _) => Recover(input),
    };

    // Whoever is in the midst of something, or of whom that is not known, would lose it by a restart. And what one restart did not
    // change the next one will not: two decks that declare an agent differently must not restart it in turns.
    private static AgentPlan Renew(AgentSpec spec, PlanInputs input) =>
        input.Status.Drift is not { } drift ? AgentPlan.Good("AsDeclared")
        : spec.Apply != ApplyPolicy.Auto ? AgentPlan.Leave("Drifted", "its declaration was changed since it was started; a restart applies it")
        : input.Upkeep.AppliedFor == drift.Declared ? AgentPlan.Leave("DriftRemains", "it was restarted because its declaration was changed, and still runs from another one; restart it by hand")
        : (input.StartBarred ?? input.EndBarred) is { } barred ? AgentPlan.Leave("RestartNotPermitted", barred)
        : input.Upkeep.Quarantine is { } quarantine ? AgentPlan.Wait(quarantine.Until, "Quarantined", $"{quarantine.Reason}; its changed declaration is applied after {quarantine.Until:HH:mm:ss} UTC")
        : Rests(input.Status.Activity) ? AgentPlan.Do(new AgentAction.Request(RequestKind.Restart), "Applying", "its declaration was changed, and it is restarted for that")
        : AgentPlan.Leave("WaitsUntilIdle", "its declaration was changed; it is restarted for that once it rests");

    private static bool Rests(Activity activity) => activity is Activity.Idle or Activity.Waiting or Activity.Limited;

    // A start that failed began nothing that could have ended: the policy for ends does not apply to it.
    private static bool NeverBegan(AgentStatus status) => status.Reason == PhaseRules.StartFailedReason;

    private static AgentPlan Recover(PlanInputs input) =>
        input.StartBarred is { } barred ? AgentPlan.Leave("StartNotPermitted", barred)
        : input.Elsewhere is { } elsewhere ? AgentPlan.Leave("RouteNotGone", elsewhere)
        : input.Upkeep.Quarantine is { } quarantine ? AgentPlan.Wait(quarantine.Until, "Quarantined", $"{quarantine.Reason}; it is started again at {quarantine.Until:HH:mm:ss} UTC, or by hand")
        : input.Upkeep.NextStart is { } next && next > input.Now ? AgentPlan.Wait(next, "BackingOff", input.Status.Phase == AgentPhase.Starting ? "its start was cut short and is gone on with in a moment" : "it ended and is started again in a moment")
        : AgentPlan.Do(new AgentAction.Start(), "Starting", "it is started because it is declared to run");

    private static AgentPlan Done(string message) =>
        new(new AgentAction.Finish(new OperationResult(OperationOutcome.Succeeded, message)), null, ConditionStatus.True, "AsAsked", "");

    private static AgentPlan Failed(string message) =>
        new(new AgentAction.Finish(new OperationResult(OperationOutcome.Failed, message)), null, ConditionStatus.False, "RequestFailed", message);
}
