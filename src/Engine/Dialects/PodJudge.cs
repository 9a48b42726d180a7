using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>
/// What every dialect reads from a pod in the same way. Only the agent's own container is judged: a sidecar may crash or go on
/// running, and init containers count only while they hold the agent back. Pure and total.
/// </summary>
internal static class PodJudge
{
    /// <summary>A container runs whose session ended.</summary>
    public static readonly PhaseJudgement SessionDead = new(AgentPhase.Failed, "SessionDead", "its container runs without a tmux session: the agent ended");

    // The kubelet confirms within seconds that a pod is gone, if its node lives.
    private static readonly TimeSpan Confirmation = TimeSpan.FromSeconds(30);

    /// <summary>Reads a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="layout">Which of its containers is the agent's, and whether there is a session in it.</param>
    /// <param name="sessionWithin">How old the pod may be without a session until that means that the agent is dead.</param>
    /// <param name="now">The time.</param>
    public static RuntimeReading Read(Pod pod, DialectLayout layout, TimeSpan sessionWithin, DateTimeOffset now)
    {
        var status = pod.StatusOf(layout.Container);
        var end = status?.State as ContainerTerminated;
        var reading = new RuntimeReading(
            Judge(pod, layout.Container, status, now),
            ExitCode: end?.ExitCode,
            ExitSignal: end?.Signal,
            Restarts: status?.RestartCount ?? 0,
            StartedAt: end?.StartedAt ?? (status?.State as ContainerRunning)?.StartedAt,
            User: UserName.Checked(layout.User));
        return reading.Judgement is not null
            ? reading with { CheckAgainAt = pod.DeletionTimestamp + Confirmation is { } at && at > now ? at : null }
            : layout.Session is null
                ? reading with { Judgement = new PhaseJudgement(AgentPhase.Running, "ContainerRunning", "") }
                : Sessionless(reading, pod.CreatedAt ?? reading.StartedAt, sessionWithin, now);
    }

    private static RuntimeReading Sessionless(RuntimeReading reading, DateTimeOffset? since, TimeSpan sessionWithin, DateTimeOffset now) =>
        since + sessionWithin is { } until && now < until
            ? reading with { WithoutSession = new PhaseJudgement(AgentPhase.Starting, "Initializing", "its container runs, and its session is coming up"), CheckAgainAt = until }
            : reading with { WithoutSession = SessionDead };

    private static PhaseJudgement? Judge(Pod pod, string container, PodContainerStatus? status, DateTimeOffset now)
    {
        // What ends while it is being deleted ends because of that.
        if (pod.DeletionTimestamp is { } until)
        {
            return PodEnds.Terminating(pod, overdue: now >= until + Confirmation);
        }

        if (pod.Phase == "Unknown" || pod.Reason == "NodeLost")
        {
            return new PhaseJudgement(AgentPhase.Unknown, "NodeLost", pod.Node is null ? "its node does not answer" : $"its node {pod.Node} does not answer");
        }

        if (pod.Phase is "Failed" or "Succeeded")
        {
            return PodEnds.OfPod(pod, container);
        }

        if (!pod.Containers.IsEmpty && pod.ContainerNamed(container) is null)
        {
            return new PhaseJudgement(AgentPhase.Unknown, "NoSuchContainer", PlainText.Sanitize($"its pod has no container '{container}', only {string.Join(", ", pod.Containers.Select(other => other.Name))}"));
        }

        return status?.State switch
        {
            ContainerRunning => null,
            ContainerTerminated end => PodEnds.IsStartedAgain(pod, end)
                ? new PhaseJudgement(AgentPhase.Starting, "Restarting", $"it ended with exit code {PodEnds.Code(end)} and is started again")
                : PodEnds.OfContainer(pod, container, end),
            _ when pod.Phase is "Pending" or "Running" => PodWaits.Judge(pod, container, status),
            _ => new PhaseJudgement(AgentPhase.Unknown, "UnknownPodPhase", pod.Phase.Length == 0 ? "its pod tells no phase" : $"its pod is in a phase of which nothing is known: {pod.Phase}"),
        };
    }
}
