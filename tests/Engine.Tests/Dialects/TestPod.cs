using System.Collections.Immutable;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Tests.Dialects;

/// <summary>Pods as clusters report them, to be varied by tests.</summary>
internal static class TestPod
{
    public static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly ContainerState Runs = new ContainerRunning(Now.AddMinutes(-59));

    public static ContainerState Waits(string reason, string message = "") => new ContainerWaiting(reason, message);

    public static ContainerState Ended(int? code, string reason = "", int? signal = null) =>
        new ContainerTerminated(reason, "what the agent wrote", code, signal, Now.AddMinutes(-59), Now.AddMinutes(-1));

    /// <summary>An hour old, never restarted.</summary>
    public static Pod Of(string phase, ContainerState? state = null, string container = "agent", ContainerTerminated? last = null, int restarts = 0) => new()
    {
        Namespace = "ns",
        Name = "pod-1",
        Uid = "u-1",
        CreatedAt = Now.AddHours(-1),
        Node = "worker-1",
        RestartPolicy = "Never",
        Phase = phase,
        Containers = [new PodContainerSpec { Name = container, Limits = ImmutableDictionary<string, string>.Empty.Add("memory", "4Gi") }, new PodContainerSpec { Name = "sidecar" }],
        Statuses = state is null ? [] : [new PodContainerStatus("sidecar", false, 7, Ended(1), null), new PodContainerStatus(container, false, restarts, state, last)],
    };

    public static Pod WithInit(this Pod pod, string name, ContainerState? state, bool sidecar = false) => pod with
    {
        InitContainers = pod.InitContainers.Add(new PodContainerSpec { Name = name, IsSidecar = sidecar }),
        InitStatuses = state is null ? pod.InitStatuses : pod.InitStatuses.Add(new PodContainerStatus(name, false, 0, state, null)),
    };

    public static Pod WithLabel(this Pod pod, string key, string value) => pod with { Labels = pod.Labels.SetItem(key, value) };

    public static Pod WithAnnotation(this Pod pod, string key, string value) => pod with { Annotations = pod.Annotations.SetItem(key, value) };

    public static Pod WithCondition(this Pod pod, string type, ConditionStatus status, string reason, string message) =>
        pod with { Conditions = pod.Conditions.Add(new PodCondition(type, status, reason, message, Now)) };

    public static RuntimeReading Read(this IDialect dialect, Pod pod) => dialect.Read(pod, dialect.Layout, Now);

    /// <summary>Prints <c>Failed/OOMKilled</c>, or <c>tmux</c> where the session decides.</summary>
    public static string Words(this RuntimeReading reading) => reading.Judgement is { } judged ? $"{judged.Phase}/{judged.Reason}" : "tmux";
}
