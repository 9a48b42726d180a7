using System.Collections.Frozen;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>
/// Why an agent's container does not run yet. What Kubernetes goes on trying is pending, with its reason; a container that ends
/// again and again has failed. Pure and total.
/// </summary>
internal static class PodWaits
{
    private const string CrashLoop = "CrashLoopBackOff";

    private static readonly FrozenDictionary<string, string> Hints = new Dictionary<string, string>
    {
        ["ErrImagePull"] = "its image cannot be pulled",
        ["ImagePullBackOff"] = "its image cannot be pulled",
        ["ErrImageNeverPull"] = "its image is not on the node and may not be pulled",
        ["InvalidImageName"] = "the name of its image is not valid",
        ["CreateContainerConfigError"] = "its container needs a secret, config map or setting that is not there",
        ["CreateContainerError"] = "its container cannot be created",
        ["RunContainerError"] = "its container cannot be started",
        ["ContainerCreating"] = "its container is being created",
        ["PodInitializing"] = "its pod is being prepared",
        ["Unschedulable"] = "no node can take it",
        ["SchedulingGated"] = "its scheduling is held back",
    }.ToFrozenDictionary();

    /// <summary>Why the container waits.</summary>
    /// <param name="pod">A pod that is pending or running.</param>
    /// <param name="container">The agent's container.</param>
    /// <param name="status">Its status, which does not say that it runs or ended; null when there is none.</param>
    public static PhaseJudgement Judge(Pod pod, string container, PodContainerStatus? status)
    {
        var waiting = status?.State as ContainerWaiting;
        if (waiting?.Reason is null or "" or "PodInitializing" && Init(pod) is { } held)
        {
            return held;
        }

        if (pod.ConditionOf("PodScheduled") is { Status: ConditionStatus.False } unscheduled)
        {
            return Pending(ReasonWord.Of(unscheduled.Reason, "Unschedulable"), unscheduled.Message, "no node was found for it");
        }

        return waiting switch
        {
            { Reason: CrashLoop } => Crashes(pod, container, status!, "it"),
            { Reason.Length: > 0 } => Waits(waiting, ""),
            _ when pod.Node is null => new(AgentPhase.Pending, "Unscheduled", "it waits for a node"),
            _ => Pending("ContainerCreating", null, ""),
        };
    }

    // Init containers run one after the other: the first that is not done is the one that holds the agent back.
    private static PhaseJudgement? Init(Pod pod)
    {
        foreach (var spec in pod.InitContainers)
        {
            var status = pod.InitStatuses.FirstOrDefault(status => status.Name == spec.Name);
            switch (status?.State)
            {
                case ContainerTerminated { ExitCode: 0 }:
                case ContainerRunning when spec.IsSidecar:
                    continue;
                case ContainerTerminated end when pod.RestartPolicy == "Never":
                    return new(AgentPhase.Failed, "InitFailed", $"its init container {spec.Name} ended with exit code {PodEnds.Code(end)}");
                case ContainerTerminated or ContainerRunning:
                    return new(AgentPhase.Starting, "Initializing", $"its init container {spec.Name} is at work");
                case ContainerWaiting { Reason: CrashLoop }:
                    return Crashes(pod, spec.Name, status!, $"its init container {spec.Name}");
                case ContainerWaiting { Reason: not ("" or "PodInitializing") } waiting:
                    return Waits(waiting, $"init container {spec.Name}: ");
                default:
                    return null;
            }
        }

        return null;
    }

    private static PhaseJudgement Crashes(Pod pod, string container, PodContainerStatus status, string who) => new(
        AgentPhase.Failed,
        CrashLoop,
        PlainText.Sanitize($"{who} ends again and again{PodEnds.LastEnd(pod, container, status.LastTermination)}; started again {status.RestartCount} times"));

    private static PhaseJudgement Waits(ContainerWaiting waiting, string who) =>
        Pending(ReasonWord.Of(waiting.Reason, "ContainerWaiting"), waiting.Message, "its container waits", who);

    private static PhaseJudgement Pending(string reason, string? message, string otherwise, string who = "") =>
        new(AgentPhase.Pending, reason, who + PodEnds.Sentence(Hints.GetValueOrDefault(reason, otherwise), message));
}
