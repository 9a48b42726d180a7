using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Where the containers of agents run, and the ways into them. Safe to call from any thread.</summary>
internal interface IContainerPlace
{
    /// <summary>Runs commands in an agent's container, as the user whose tmux it is.</summary>
    IAgentTransport TransportTo(PodTrack track);

    /// <summary>Opens the log of a container; the caller disposes it. Reading it fails with <see cref="IOException"/> or <see cref="KubernetesApiException"/> when it is cut.</summary>
    /// <exception cref="TransportException">It cannot be read.</exception>
    Task<Stream> OpenLogAsync(PodContainer container, LogRequest request, CancellationToken cancellationToken);

    /// <summary>Makes sure that what has its name is still the same, as far as may be known.</summary>
    /// <exception cref="TransportException">It is gone, or cannot be asked for.</exception>
    Task RequireAsync(Pod pod, CancellationToken cancellationToken);
}
