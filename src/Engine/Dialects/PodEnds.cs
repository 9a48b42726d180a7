using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>How an agent ended, from its pod. Pure and total. What a container wrote about its own end is not quoted: it may be anything.</summary>
internal static class PodEnds
{
    // Shells and container runtimes tell the death by signal n as exit code 128 + n.
    private const int SignalBase = 128;

    /// <summary>A pod that is being deleted.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="overdue">Whether it should be gone by now.</param>
    public static PhaseJudgement Terminating(Pod pod, bool overdue)
    {
        if (overdue)
        {
            return new PhaseJudgement(AgentPhase.Stopping, "TerminationOverdue", "its pod should be gone by now; its node does not confirm it");
        }

        return pod.ConditionOf("DisruptionTarget") is { Status: ConditionStatus.True } disruption
            ? new PhaseJudgement(AgentPhase.Stopping, ReasonWord.Of(disruption.Reason, "Terminating"), Sentence("its pod is being removed from its node", disruption.Message))
            : new PhaseJudgement(AgentPhase.Stopping, "Terminating", "its pod is being deleted");
    }

    /// <summary>A pod that is gone though nobody asked for the end of its agent. Kubernetes does not say who deleted it, and seldom why.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="thing">What it is in truth: a pod, or a container that is shown as one.</param>
    public static PhaseJudgement Lost(Pod pod, string thing) =>
        pod.Reason is { } reason ? new(AgentPhase.Failed, ReasonWord.Of(reason, "PodDeleted"), Sentence($"its {thing} was ended by the cluster", pod.Message))
        : pod.ConditionOf("DisruptionTarget") is { Status: ConditionStatus.True } disruption
            ? new(AgentPhase.Failed, ReasonWord.Of(disruption.Reason, "PodDeleted"), Sentence($"its {thing} was removed from its node by the cluster", disruption.Message))
        : new(AgentPhase.Failed, "PodDeleted", $"its {thing} was deleted by someone else");

    /// <summary>A pod that ended as a whole. The exit code of the agent's container decides, unless the pod was ended from outside.</summary>
    public static PhaseJudgement OfPod(Pod pod, string container)
    {
        if (pod.Phase == "Failed" && pod.Reason is { } reason)
        {
            return new PhaseJudgement(AgentPhase.Failed, ReasonWord.Of(reason, "PodFailed"), Sentence("its pod was ended", pod.Message));
        }

        if (pod.StatusOf(container)?.State is ContainerTerminated end)
        {
            return OfContainer(pod, container, end);
        }

        if (pod.Phase == "Succeeded")
        {
            return new PhaseJudgement(AgentPhase.Completed, "PodSucceeded", "its pod ended well");
        }

        return pod.InitStatuses.FirstOrDefault(init => init.State is ContainerTerminated { ExitCode: not 0 }) is { State: ContainerTerminated failed } first
            ? new PhaseJudgement(AgentPhase.Failed, "InitFailed", $"its init container {first.Name} ended with exit code {Code(failed)}")
            : new PhaseJudgement(AgentPhase.Failed, "PodFailed", Sentence("its pod failed", pod.Message));
    }

    /// <summary>The end of the agent's own container.</summary>
    public static PhaseJudgement OfContainer(Pod pod, string container, ContainerTerminated end) => end switch
    {
        { ExitCode: 0 } => new(AgentPhase.Completed, "ExitedCleanly", "it ended with exit code 0"),
        { Reason: "OOMKilled" } => new(AgentPhase.Failed, "OOMKilled", OutOfMemory(pod, container)),
        { Reason: "ContainerStatusUnknown" } => new(AgentPhase.Failed, end.Reason, "its node lost track of its container"),
        { Signal: { } signal } => new(AgentPhase.Failed, "KilledBySignal", $"signal {signal} ended it"),
        { ExitCode: > SignalBase and <= SignalBase + 64 and var code } => new(AgentPhase.Failed, "ExitedWithError", $"it ended with exit code {code}, as after signal {code - SignalBase}"),
        { ExitCode: { } code } => new(AgentPhase.Failed, "ExitedWithError", $"it ended with exit code {code}"),
        _ => new(AgentPhase.Failed, "EndedUnexplained", "it ended and its exit code is not known"),
    };

    /// <summary>Whether Kubernetes starts a container again after this end.</summary>
    public static bool IsStartedAgain(Pod pod, ContainerTerminated end) => pod.RestartPolicy switch
    {
        "Always" => true,
        "OnFailure" => end.ExitCode != 0,
        _ => false,
    };

    /// <summary>Why the last run of a container ended, in a few words.</summary>
    public static string LastEnd(Pod pod, string container, ContainerTerminated? end) => end switch
    {
        null => "",
        { Reason: "OOMKilled" } => $", the last time because {OutOfMemory(pod, container)}",
        _ => $", the last time with exit code {Code(end)}",
    };

    /// <summary>One sentence out of what we say and what the cluster says.</summary>
    public static string Sentence(string ours, string? theirs) =>
        string.IsNullOrWhiteSpace(theirs) ? ours : PlainText.Sanitize($"{ours}: {theirs.Trim()}");

    /// <summary>An exit code in words.</summary>
    public static string Code(ContainerTerminated end) => end.ExitCode is { } code ? FormattableString.Invariant($"{code}") : "(not known)";

    private static string OutOfMemory(Pod pod, string container) =>
        pod.ContainerNamed(container)?.Limits.GetValueOrDefault("memory") is { } limit
            ? $"it ran out of memory (its limit is {limit}) and was killed"
            : "it ran out of memory and was killed";
}
