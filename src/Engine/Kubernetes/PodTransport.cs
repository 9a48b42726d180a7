using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>Runs commands in one container of one pod.</summary>
internal sealed class PodTransport(IKubernetesApi api, PodContainer container) : IAgentTransport
{
    /// <inheritdoc/>
    public async ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ExecAsync(container, command, cancellationToken);
        }
        catch (KubernetesApiException failure)
        {
            throw new TransportException(Fault(failure.Fault), failure.Message, failure);
        }
    }

    // The API owns pods: when it says that there is none of that name, there is none.
    private static TransportFault Fault(KubernetesFault fault) => fault switch
    {
        KubernetesFault.NotFound => TransportFault.Gone,
        KubernetesFault.Forbidden or KubernetesFault.Unauthorized => TransportFault.Denied,
        _ => TransportFault.Unreachable,
    };
}
