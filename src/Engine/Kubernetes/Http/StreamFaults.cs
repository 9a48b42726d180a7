namespace AgentDeck.Engine.Kubernetes.Http;

/// <summary>Failures of a stream that had begun.</summary>
internal static class StreamFaults
{
    /// <summary>The connection broke.</summary>
    public static KubernetesApiException Lost(string server, Exception failure) =>
        new(KubernetesFault.Unreachable, $"the connection to {server} was lost", innerException: failure);
}
