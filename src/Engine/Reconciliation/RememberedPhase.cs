using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>What is remembered of how an agent was, for when nothing is left of it that could be seen. Pure.</summary>
internal static class RememberedPhase
{
    /// <summary>The memory after an operator did something to the agent while no engine looked; what was seen later than that counts more.</summary>
    public static AgentUpkeep After(AgentUpkeep upkeep, OperationFinished done) => done switch
    {
        { Outcome: not OperationOutcome.Succeeded } or { Asked: null } => upkeep,
        _ when upkeep.PhaseSince >= done.At => upkeep,
        { Asked: RequestKind.Stop } => upkeep with { Phase = AgentPhase.Stopped, PhaseSince = done.At, LastStart = upkeep.LastStart ?? done.At.AddTicks(-1), LastEnd = done.At, NextStart = null },
        _ => UpkeepRules.Started(upkeep, done.At) with { Phase = AgentPhase.Running, PhaseSince = done.At },
    };

    /// <summary>How it was last seen, or null when it is not remembered to have run. An end that was asked for counts as reached.</summary>
    public static PhaseJudgement? Of(AgentUpkeep upkeep) => upkeep switch
    {
        { Request.Kind: RequestKind.Stop } => PhaseRules.Stopped,
        // One that never ran, or whose last start failed: to be started as if nothing had been.
        { LastStart: null } => null,
        { LastStart: var start, LastEnd: var end } when start == end => null,
        { Phase: AgentPhase.Stopped } => PhaseRules.Stopped,
        { Phase: AgentPhase.Completed } => new PhaseJudgement(AgentPhase.Completed, "EndedBefore", "it had ended with exit code 0, and nothing is left of its session"),
        { Phase: AgentPhase.Failed } => new PhaseJudgement(AgentPhase.Failed, "EndedBefore", "it had failed, and nothing is left of its session"),
        { Phase: AgentPhase.Running or AgentPhase.Stopping } => new PhaseJudgement(AgentPhase.Running, "RanBefore", "it ran when it was last seen"),
        _ => null,
    };
}
