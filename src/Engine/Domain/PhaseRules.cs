using System.Collections.Immutable;

namespace AgentDeck.Engine.Domain;

/// <summary>
/// Concludes the phase of an agent: the first rule that applies decides, and the last always applies. Pure and total.
/// What the runtime says beats what was stored, and nothing is concluded from a source that does not answer.
/// </summary>
public static class PhaseRules
{
    /// <summary>The reason of an agent that is declared as stopped and never ran.</summary>
    internal const string NeverStartedReason = "NeverStarted";

    /// <summary>The reason of an agent whose start somebody began and nobody here goes on with.</summary>
    internal const string StartUnfinishedReason = "StartUnfinished";

    /// <summary>The reason of an agent that could not be started.</summary>
    internal const string StartFailedReason = "StartFailed";

    internal static readonly ImmutableArray<PhaseRule> Ranked =
    [
        // Without an answer nothing new is known: what was known stays, and the source's link tells its age.
        new("link-lost-keeps", input => input.Link != SourceLink.Live && input.Previous is not null, input => input.Previous!.Value),
        new("link-none-unknown", input => input.Link != SourceLink.Live, input => input.Link switch
        {
            SourceLink.Connecting => new(AgentPhase.Unknown, "NotObserved", "its source was not reached yet"),
            SourceLink.Denied => new(AgentPhase.Unknown, "SourceDenied", "its source refuses to answer"),
            _ => new(AgentPhase.Unknown, "SourceUnreachable", "its source cannot be reached"),
        }),

        // A pod that says enough by itself: whatever the session in it was last seen to be is older or part of it.
        new("runtime-ended-on-request", input => input is { Runtime.Phase: AgentPhase.Stopped or AgentPhase.Completed or AgentPhase.Failed, Request: PhaseRequest.Stop }, _ => Stopped),
        new("runtime-going-stopping", input => input is { Runtime.Phase: AgentPhase.Pending or AgentPhase.Starting or AgentPhase.Running, Request: PhaseRequest.Stop }, _ => Stopping),
        new("runtime-says", input => input.Runtime is not null, input => input.Runtime!.Value),

        // A program that ended.
        new("ended-on-request", input => input.Session == SessionEvidence.Ended && input.Request == PhaseRequest.Stop, _ => Stopped),
        new("ended-starting-again", input => input.Session == SessionEvidence.Ended && input.Request == PhaseRequest.Start, _ => Starting),
        new("ended-start-failed", input => input.Session == SessionEvidence.Ended && input.StartError is not null, StartFailed),
        new("ended-cleanly", input => input is { Session: SessionEvidence.Ended, ExitCode: 0 }, _ => new(AgentPhase.Completed, "ExitedCleanly", "it ended with exit code 0")),
        new("ended-with-code", input => input is { Session: SessionEvidence.Ended, ExitCode: not null }, input => new(AgentPhase.Failed, "ExitedWithError", $"it ended with exit code {input.ExitCode}")),
        new("ended-by-signal", input => input is { Session: SessionEvidence.Ended, ExitSignal: not null }, input => new(AgentPhase.Failed, "KilledBySignal", $"signal {input.ExitSignal} ended it")),
        new("ended-unexplained", input => input.Session == SessionEvidence.Ended, _ => new(AgentPhase.Failed, "EndedUnexplained", "it ended and its exit code is not known")),

        // A program that runs.
        new("alive-stopping", input => input is { Session: SessionEvidence.Alive, Request: PhaseRequest.Stop }, _ => Stopping),
        new("alive-being-set-up", input => input is { Session: SessionEvidence.Alive, IsUnfinished: true, Request: PhaseRequest.Start }, _ => new(AgentPhase.Starting, "SettingUp", "its session lives and is being set up")),
        new("alive-unfinished", input => input is { Session: SessionEvidence.Alive, IsUnfinished: true }, _ => new(AgentPhase.Starting, StartUnfinishedReason, "its session lives, and its start is not finished")),
        new("alive", input => input.Session == SessionEvidence.Alive, _ => new(AgentPhase.Running, "SessionAlive", "")),

        // No session.
        new("absent-starting", input => input is { Session: SessionEvidence.Absent, Request: PhaseRequest.Start }, _ => Starting),
        new("absent-on-request", input => input is { Session: SessionEvidence.Absent, Request: PhaseRequest.Stop }, _ => Stopped),
        new("absent-start-failed", input => input.Session == SessionEvidence.Absent && input.StartError is not null, StartFailed),
        new("absent-pod-gone", input => input is { Session: SessionEvidence.Absent, Ending: not null }, input => input.Ending!.Value),
        new("absent-in-pod", input => input is { Session: SessionEvidence.Absent, WithoutSession: not null }, input => input.WithoutSession!.Value),
        new("absent-server-gone", input => input is { Session: SessionEvidence.Absent, ServerGone: true } && WasAlive(input), _ => new(AgentPhase.Failed, "ServerGone", "the tmux server is gone, and its sessions with it")),
        new("absent-vanished", input => input.Session == SessionEvidence.Absent && WasAlive(input), _ => new(AgentPhase.Failed, "SessionVanished", "its session vanished without a stop being asked for")),
        new("absent-ended-before", input => input is { Session: SessionEvidence.Absent, Previous.Phase: AgentPhase.Stopped or AgentPhase.Completed or AgentPhase.Failed } && !NeverStarted(input), input => input.Previous!.Value),
        new("absent-wanted", input => input is { Session: SessionEvidence.Absent, Desired: DesiredState.Running }, _ => new(AgentPhase.Pending, "NotStarted", "declared, and not started yet")),
        new("absent-unwanted", input => input is { Session: SessionEvidence.Absent, Desired: DesiredState.Stopped }, _ => new(AgentPhase.Stopped, NeverStartedReason, "declared as stopped")),

        // A container that runs, and a session that nobody could look at yet.
        new("unseen-keeps", input => input is { WithoutSession: not null, Previous.Phase: AgentPhase.Running or AgentPhase.Starting }, input => input.Previous!.Value),
        new("unseen-in-pod", input => input.WithoutSession is not null, _ => new(AgentPhase.Unknown, "SessionNotObserved", "its container runs, and its session was not seen yet")),

        new("fallback", _ => true, _ => new(AgentPhase.Unknown, "NotObserved", "nothing is known of its session")),
    ];

    /// <summary>The judgement of an agent whose end was asked for and reached.</summary>
    internal static PhaseJudgement Stopped => new(AgentPhase.Stopped, "StoppedOnRequest", "stopped because that was asked for");

    private static PhaseJudgement Stopping => new(AgentPhase.Stopping, "StopRequested", "a stop was asked for");

    private static PhaseJudgement Starting => new(AgentPhase.Starting, "StartRequested", "its session is coming up");

    /// <summary>The phase that follows from <paramref name="inputs"/>, for every combination of them.</summary>
    public static PhaseJudgement Judge(PhaseInputs inputs) => RuleFor(inputs).Judge(inputs);

    /// <summary>The rule that decides.</summary>
    internal static PhaseRule RuleFor(PhaseInputs inputs)
    {
        foreach (var rule in Ranked)
        {
            if (rule.Applies(inputs))
            {
                return rule;
            }
        }

        throw new InvalidOperationException("the last rule applies always");
    }

    private static PhaseJudgement StartFailed(PhaseInputs input) => new(AgentPhase.Failed, StartFailedReason, input.StartError!);

    private static bool WasAlive(PhaseInputs input) =>
        input.Previous?.Phase is AgentPhase.Running or AgentPhase.Starting or AgentPhase.Stopping;

    // A declaration that never ran follows its desired state again when that changes.
    private static bool NeverStarted(PhaseInputs input) => input.Previous?.Reason == NeverStartedReason;
}
