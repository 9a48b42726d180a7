using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>What people are shown of a pod. Pure.</summary>
internal static class PodSummary
{
    /// <summary>The summary of a pod, of its containers that one which is the agent's.</summary>
    public static PodStatus Of(Pod pod, string container)
    {
        var spec = pod.ContainerNamed(container);
        return new PodStatus(pod.Namespace, pod.Name, pod.Uid, pod.Node, pod.Phase)
        {
            Container = PlainText.Sanitize(container),
            Image = spec?.Image ?? "",
            Requests = Amounts(spec?.Requests),
            Limits = Amounts(spec?.Limits),
            CreatedAt = pod.CreatedAt,
            LastExit = pod.StatusOf(container) switch
            {
                { State: ContainerTerminated now } => Exit(now),
                { LastTermination: { } last } => Exit(last),
                _ => null,
            },
        };
    }

    /// <summary>The summary of a container that stands alone.</summary>
    public static PodStatus OfContainer(Pod pod, string container, string runtime) => Of(pod, container) with { Phase = pod.Reason ?? "", Container = pod.Name, Runtime = runtime };

    private static string Exit(ContainerTerminated end)
    {
        var how = end.Signal is { } signal ? $"signal {signal}" : end.ExitCode is { } code ? $"exit code {code}" : "exit code unknown";
        return end.Reason.Length == 0 ? how : $"{end.Reason}, {how}";
    }

    private static string Amounts(ImmutableDictionary<string, string>? amounts) =>
        amounts is null ? "" : string.Join(", ", amounts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
}
