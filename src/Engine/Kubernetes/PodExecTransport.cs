using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>Runs commands in one container of one pod.</summary>
/// <param name="api">The cluster.</param>
/// <param name="container">Where.</param>
internal sealed class PodExecTransport(IKubernetesApi api, PodContainer container) : IAgentTransport
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
            throw KubernetesFailures.ToTransport(failure);
        }
    }
}
