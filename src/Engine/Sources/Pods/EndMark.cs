using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// Why a pod is about to be deleted, noted on the pod itself: so every engine that watches it can tell an end that somebody asked for from a
/// loss, whoever of them ended it. Pure.
/// </summary>
internal static class EndMark
{
    /// <summary>The annotation that holds it.</summary>
    public const string Annotation = "agentdeck/end";

    /// <summary>An operator, or its declaration, wants it to end and to stay so.</summary>
    public const string Stopped = "stop-requested";

    /// <summary>It had ended, or was declared otherwise: the next one takes its place.</summary>
    public const string Replaced = "replaced";

    /// <summary>What a pod is marked with, or null.</summary>
    public static string? Of(Pod pod) => pod.Annotations.GetValueOrDefault(Annotation);
}
