using System.Collections.Immutable;
using System.Text.Json;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>Reads a pod from the API's JSON. Total: a field that is missing, null or mistyped becomes a default and hides no other.</summary>
internal static class PodReader
{
    /// <summary>The variable of a container that names the user whom Gas City's agent runs as.</summary>
    public const string LinuxUser = "LINUX_USERNAME";

    private const int MostEntries = 128;
    private const int LongestValue = 1024;
    private const int LongestMessage = 512;

    // A copy of the whole manifest, variables included: large, and possibly full of secrets.
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>Reads a pod.</summary>
    /// <param name="json">The object as the API gave it, whatever it is.</param>
    /// <param name="warn">Takes one sentence for each field that cannot be used, the same for each pod, so that it can be told once.</param>
    public static Pod Read(JsonElement json, Action<string> warn)
    {
        var pod = new JsonFields(json, "", warn);
        var metadata = pod.Object("metadata");
        var spec = pod.Object("spec");
        var status = pod.Object("status");
        return new Pod
        {
            Namespace = PlainText.Sanitize(metadata.Text("namespace")),
            Name = PlainText.Sanitize(metadata.Text("name")),
            Uid = PlainText.Sanitize(metadata.Text("uid")),
            ResourceVersion = PlainText.Sanitize(metadata.Text("resourceVersion")),
            Labels = metadata.Texts("labels", MostEntries, LongestValue),
            Annotations = metadata.Texts("annotations", MostEntries, LongestValue, key => key != LastApplied),
            CreatedAt = metadata.Time("creationTimestamp"),
            DeletionTimestamp = metadata.Time("deletionTimestamp"),
            Owner = OwnerIn(metadata),
            Node = Plain(spec.OptionalText("nodeName")),
            RestartPolicy = Plain(spec.OptionalText("restartPolicy")) ?? "Always",
            Phase = PlainText.Sanitize(status.Text("phase")),
            Reason = Plain(status.OptionalText("reason")),
            Message = Plain(status.OptionalText("message"), LongestMessage),
            Conditions = ConditionsIn(status),
            Containers = [.. spec.Objects("containers").Select(Container)],
            InitContainers = [.. spec.Objects("initContainers").Select(Container)],
            Statuses = [.. status.Objects("containerStatuses").Select(Status)],
            InitStatuses = [.. status.Objects("initContainerStatuses").Select(Status)],
        };
    }

    /// <summary>Reads the conditions of any object's status: entries without a type are left out.</summary>
    public static ImmutableArray<PodCondition> ConditionsIn(JsonFields status) =>
    [
        .. from condition in status.Objects("conditions")
           let type = PlainText.Sanitize(condition.Text("type"))
           where type.Length > 0
           select new PodCondition(
               type,
               StatusOf(condition),
               Plain(condition.OptionalText("reason")) ?? "",
               Plain(condition.OptionalText("message"), LongestMessage) ?? "",
               condition.Time("lastTransitionTime")),
    ];

    private static ConditionStatus StatusOf(JsonFields condition)
    {
        switch (condition.Text("status"))
        {
            case "True":
                return ConditionStatus.True;
            case "False":
                return ConditionStatus.False;
            case "Unknown" or "":
                return ConditionStatus.Unknown;
            default:
                condition.Warn("status", "is none of True, False and Unknown");
                return ConditionStatus.Unknown;
        }
    }

    private static PodOwner? OwnerIn(JsonFields metadata)
    {
        var owners = metadata.Objects("ownerReferences").ToArray();
        if (owners.Length == 0)
        {
            return null;
        }

        var owner = owners.FirstOrDefault(owner => owner.Flag("controller"), owners[0]);
        return new PodOwner(PlainText.Sanitize(owner.Text("kind")), PlainText.Sanitize(owner.Text("name")), PlainText.Sanitize(owner.Text("uid")));
    }

    private static PodContainerSpec Container(JsonFields container)
    {
        var resources = container.Object("resources");
        return new PodContainerSpec
        {
            Name = PlainText.Sanitize(container.Text("name")),
            Image = Plain(container.OptionalText("image")) ?? "",
            Requests = Amounts(resources, "requests"),
            Limits = Amounts(resources, "limits"),
            Tty = container.Flag("tty"),
            IsSidecar = container.OptionalText("restartPolicy") == "Always",
            LinuxUser = container.Objects("env").Where(variable => variable.OptionalText("name") == LinuxUser).Select(variable => variable.OptionalText("value")).FirstOrDefault(),
        };
    }

    // Names that become equal when they are made plain: the last one stays.
    private static ImmutableDictionary<string, string> Amounts(JsonFields resources, string name) =>
        ImmutableDictionary<string, string>.Empty.SetItems(
            from amount in resources.Texts(name, 16, 64)
            select KeyValuePair.Create(PlainText.Sanitize(amount.Key, 64), PlainText.Sanitize(amount.Value)));

    private static PodContainerStatus Status(JsonFields status)
    {
        var state = status.Object("state");
        var last = status.Object("lastState").Object("terminated");
        return new PodContainerStatus(
            PlainText.Sanitize(status.Text("name")),
            status.Flag("ready"),
            Math.Max(0, status.SmallInteger("restartCount") ?? 0),
            State(state),
            last.Exists ? Terminated(last) : null);
    }

    // "If none of them is specified, the default one is ContainerStateWaiting": the API's own rule.
    private static ContainerState State(JsonFields state)
    {
        var (running, terminated, waiting) = (state.Object("running"), state.Object("terminated"), state.Object("waiting"));
        return terminated.Exists ? Terminated(terminated)
            : running.Exists ? new ContainerRunning(running.Time("startedAt"))
            : new ContainerWaiting(Plain(waiting.OptionalText("reason")) ?? "", Plain(waiting.OptionalText("message"), LongestMessage) ?? "");
    }

    private static ContainerTerminated Terminated(JsonFields terminated) => new(
        Plain(terminated.OptionalText("reason")) ?? "",
        Plain(terminated.OptionalText("message"), LongestMessage) ?? "",
        terminated.SmallInteger("exitCode"),
        terminated.SmallInteger("signal") is > 0 and var signal ? signal : null,
        terminated.Time("startedAt"),
        terminated.Time("finishedAt"));

    private static string? Plain(string? text, int limit = LongestValue) => string.IsNullOrEmpty(text) ? null : PlainText.Sanitize(text, limit);
}
