namespace AgentDeck.Engine.Kubernetes.Watching;

/// <summary>Whether changes arrive.</summary>
/// <param name="Failure">Why they do not; null when they do.</param>
/// <param name="NextTry">When it is tried again; null when they do.</param>
internal sealed record ObjectLink(KubernetesApiException? Failure, DateTimeOffset? NextTry)
{
    /// <summary>They do.</summary>
    public static readonly ObjectLink Live = new(null, null);

    /// <summary>Whether they do.</summary>
    public bool IsLive => Failure is null;
}
