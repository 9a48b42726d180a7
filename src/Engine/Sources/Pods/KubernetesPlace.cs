using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>The pods of a cluster.</summary>
/// <param name="api">The cluster.</param>
/// <param name="container">The agent's container in each of them.</param>
/// <param name="time">The clock.</param>
internal sealed class KubernetesPlace(IKubernetesApi api, string container, TimeProvider time) : IContainerPlace
{
    /// <inheritdoc/>
    public IAgentTransport TransportTo(PodTrack track) => new ContainerTransport(
        new PodExecTransport(api, new PodContainer(track.Pod.Namespace, track.Pod.Name, container)),
        track.Reading.User is { } user ? command => AsUser.Wrap(command, user) : command => command,
        time);

    /// <inheritdoc/>
    public async Task<Stream> OpenLogAsync(PodContainer container, LogRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await api.OpenLogAsync(container, request, cancellationToken);
        }
        catch (KubernetesApiException failure)
        {
            throw KubernetesFailures.ToTransport(failure);
        }
    }

    /// <inheritdoc/>
    public async Task RequireAsync(Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            var now = await api.GetAsync(new ObjectName(ResourceKind.Pods, pod.Namespace, pod.Name), cancellationToken);
            if (PodReader.Read(now, _ => { }).Uid != pod.Uid)
            {
                throw new TransportException(TransportFault.Gone, $"the pod {PlainText.Sanitize(pod.Name)} is gone; there is another of its name");
            }
        }
        catch (KubernetesApiException failure) when (failure.Fault == KubernetesFault.Forbidden)
        {
            // Who may read logs but not pods cannot know better.
        }
        catch (KubernetesApiException failure)
        {
            throw KubernetesFailures.ToTransport(failure);
        }
    }
}
