using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>Joins a session with its runner pod. What the pod shows beats what the session says: the platform's operator may be late, or not run. Pure and total.</summary>
internal static class AmbientJoin
{
    private static readonly TimeSpan DefaultInactivity = TimeSpan.FromHours(24);

    /// <summary>The pod of a session among those of its namespace: its own by uid before one by label, the living before the dying, then the newest; null when it has none.</summary>
    public static Pod? PodOf(AmbientSession session, IEnumerable<Pod> pods) => pods
        .Where(pod => pod.Namespace == session.Namespace)
        .Where(pod => Owns(session, pod) || pod.Labels.GetValueOrDefault(AmbientDialect.SessionLabel) == session.Name)
        .OrderByDescending(pod => Owns(session, pod))
        .ThenBy(pod => pod.DeletionTimestamp is not null)
        .ThenByDescending(pod => pod.CreatedAt)
        .FirstOrDefault();

    /// <summary>Joins a session and its pod.</summary>
    /// <param name="session">The session.</param>
    /// <param name="pod">Its pod, or null when there is none.</param>
    /// <param name="layout">Which container is the agent's.</param>
    /// <param name="projectTimeout">After how long without activity the project stops sessions that do not say themselves; null when it does not say either.</param>
    /// <param name="now">The time.</param>
    public static AmbientAgent Join(AmbientSession session, Pod? pod, DialectLayout layout, TimeSpan? projectTimeout, DateTimeOffset now)
    {
        var said = Said(session);
        var reading = pod is null
            ? new RuntimeReading(WithoutPod(session, said), StartedAt: session.StartedAt)
            : PodJudge.Read(pod, layout, TimeSpan.Zero, now) is var seen && seen.Judgement is { } judgement
                ? seen with { Judgement = WithPod(session, said, judgement), StartedAt = seen.StartedAt ?? session.StartedAt }
                : seen;
        return new AmbientAgent(session.Name, reading, Details(session, projectTimeout));
    }

    private static bool Owns(AmbientSession session, Pod pod) => session.Uid.Length > 0 && pod.Owner?.Uid == session.Uid;

    private static PhaseJudgement Said(AmbientSession session)
    {
        if (session.IsDeleted)
        {
            return new PhaseJudgement(AgentPhase.Stopping, "Terminating", "its session is being deleted");
        }

        AgentPhase? phase = session.Phase switch
        {
            "Pending" => AgentPhase.Pending,
            "Creating" => AgentPhase.Starting,
            "Running" => AgentPhase.Running,
            "Stopping" => AgentPhase.Stopping,
            "Stopped" => AgentPhase.Stopped,
            "Completed" => AgentPhase.Completed,
            "Failed" => AgentPhase.Failed,
            _ => null,
        };
        if (phase is null)
        {
            return new PhaseJudgement(AgentPhase.Unknown, "UnknownSessionPhase", $"its session is in a phase of which nothing is known: {session.Phase}");
        }

        // The reason stands in Ready, and for a pod without a node in PodScheduled.
        var ready = session.Conditions.FirstOrDefault(condition => condition.Type == "Ready");
        var scheduled = session.Conditions.FirstOrDefault(condition => condition is { Type: "PodScheduled", Status: ConditionStatus.False, Reason.Length: > 0 });
        var cause = phase is AgentPhase.Pending or AgentPhase.Starting && scheduled is not null ? scheduled : ready;
        return new PhaseJudgement(phase.Value, ReasonWord.Of(cause?.Reason, $"Session{session.Phase}"), cause?.Message ?? "");
    }

    private static PhaseJudgement WithoutPod(AmbientSession session, PhaseJudgement said) => said.Phase == AgentPhase.Running
        ? session.DesiredPhase == AmbientTransitions.Stopped ? new PhaseJudgement(AgentPhase.Stopped, "StoppedOnRequest", "its runner was stopped; the platform has not noted that yet")
        : new PhaseJudgement(AgentPhase.Unknown, "PodMissing", "its session is said to run, and there is no runner pod")
        : said;

    private static PhaseJudgement WithPod(AmbientSession session, PhaseJudgement said, PhaseJudgement seen) => (seen.Phase, said.Phase) switch
    {
        // An end that was asked for is none of the agent's own.
        (AgentPhase.Completed or AgentPhase.Failed, AgentPhase.Stopped) => said,
        (AgentPhase.Completed or AgentPhase.Failed, AgentPhase.Stopping) => new(AgentPhase.Stopped, "StoppedOnRequest", "stopped because that was asked for"),
        (AgentPhase.Completed or AgentPhase.Failed, _) when session.DesiredPhase == AmbientTransitions.Stopped => new(AgentPhase.Stopped, "StoppedOnRequest", "stopped because that was asked for"),

        // The platform knows better why it failed than an exit code does.
        (AgentPhase.Failed, AgentPhase.Failed) => said,

        // It has ended only when its pod has.
        (AgentPhase.Running, AgentPhase.Stopping) => said,
        (AgentPhase.Running, AgentPhase.Stopped or AgentPhase.Completed or AgentPhase.Failed) =>
            new(AgentPhase.Stopping, "PodRemains", $"its session is said to be {session.Phase}, and its pod still runs"),
        (AgentPhase.Running, AgentPhase.Running) => said,

        _ => seen,
    };

    private static AmbientDetails Details(AmbientSession session, TimeSpan? projectTimeout)
    {
        var idleSince = session.Phase == "Running" ? session.LastActivityAt ?? session.StartedAt ?? session.CreatedAt : null;
        var timeout = session.InactivityTimeout ?? projectTimeout;
        return new AmbientDetails
        {
            DisplayName = session.DisplayName,
            Model = session.Model,
            Owner = session.Owner,
            Intent = session.DesiredPhase is { } wanted && wanted != session.Phase ? $"asked to be {wanted}, and not there yet" : null,
            ChangePending = session.ObservedGeneration is { } observed && session.Generation > observed,
            IdleSince = idleSince,
            StopsAt = timeout == TimeSpan.Zero ? null : idleSince + (timeout ?? DefaultInactivity),
            StopsByDefault = timeout is null,
            StoppedReason = session.StoppedReason,
            Conditions = [.. session.Conditions.Select(condition => Condition(session, condition))],
            Repos = session.Repos,
            Workflow = session.Workflow,
        };
    }

    // No version of the platform writes the generation of a condition; that of the whole session is the nearest truth.
    private static Condition Condition(AmbientSession session, PodCondition condition) => new(
        condition.Type,
        condition.Status,
        ReasonWord.Of(condition.Reason, "NoReason"),
        condition.Message,
        condition.LastTransition ?? session.CreatedAt ?? DateTimeOffset.UnixEpoch,
        session.ObservedGeneration ?? 0);
}
