using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Stops agents in pods, and says so in the cluster where another engine might start them again.</summary>
/// <param name="api">The cluster.</param>
/// <param name="dialect">Whose pods they are.</param>
/// <param name="book">What is known of pods.</param>
/// <param name="requests">Asks the Ambient Code Platform.</param>
internal sealed class PodStops(IKubernetesApi api, IDialect dialect, PodBook book, AmbientRequests requests)
{
    private readonly PodRemoval _removal = new(api);

    /// <summary>Says in the cluster that an agent is to end.</summary>
    /// <exception cref="Transports.TransportException">The platform that owns it does not take that.</exception>
    public async Task AnnounceAsync(AgentId agent, CancellationToken cancellationToken)
    {
        if (book.FindSession(agent) is not null)
        {
            // Without this the platform would give the session another pod.
            await requests.StopAsync(agent, cancellationToken);
        }

        await MarkAsync(agent, EndMark.Stopped, cancellationToken);
    }

    /// <summary>Takes that back. Never fails.</summary>
    public async Task WithdrawAsync(AgentId agent)
    {
        await requests.WithdrawStopAsync(agent);
        await MarkAsync(agent, null, CancellationToken.None);
    }

    /// <summary>Deletes the pod of an agent, if there is one.</summary>
    /// <exception cref="Transports.TransportException">The cluster does not take it.</exception>
    public async Task KillAsync(AgentId agent, CancellationToken cancellationToken)
    {
        if (book.Find(agent) is not { } track)
        {
            return;
        }

        if (EndMark.Of(track.Pod) is null)
        {
            await MarkAsync(agent, EndMark.Stopped, cancellationToken);
        }

        try
        {
            await _removal.DeleteAsync(track.Pod, cancellationToken);
        }
        catch (KubernetesApiException failure)
        {
            throw KubernetesFailures.ToTransport(failure);
        }
    }

    // Elsewhere nothing is started by an engine, and the system that owns the pods knows best.
    private Task MarkAsync(AgentId agent, string? mark, CancellationToken cancellationToken) =>
        dialect is GasCityDialect && book.Find(agent)?.Pod is { } pod ? _removal.MarkAsync(pod, mark, cancellationToken) : Task.CompletedTask;
}
