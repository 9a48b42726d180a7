using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>Says failures of a cluster in the words of the ports, which know no Kubernetes.</summary>
internal static class KubernetesFailures
{
    /// <summary>The same failure for callers of a port.</summary>
    public static TransportException ToTransport(KubernetesApiException failure) => new(
        failure.Fault switch
        {
            KubernetesFault.Unauthorized or KubernetesFault.Forbidden or KubernetesFault.Certificate or KubernetesFault.Configuration => TransportFault.Denied,
            // The API owns pods: when it says that there is none of that name, there is none.
            KubernetesFault.NotFound => TransportFault.Gone,
            _ => TransportFault.Unreachable,
        },
        failure.Message,
        failure);

    /// <summary>What a failed request says about the link to the cluster.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="wasLive">Whether the cluster answered a moment ago.</param>
    public static SourceLink ToLink(KubernetesApiException failure, bool wasLive) => failure.Fault switch
    {
        KubernetesFault.Unauthorized or KubernetesFault.Forbidden or KubernetesFault.Certificate => SourceLink.Denied,
        KubernetesFault.Configuration => SourceLink.Unreachable,
        _ => wasLive ? SourceLink.Stale : SourceLink.Unreachable,
    };
}
