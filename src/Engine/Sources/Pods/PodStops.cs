using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Stops agents in pods, and says so in the cluster where another engine might start them again.</summary>
/// <param name="api">The cluster.</param>
/// <param name="dialect">Whose pods they are.</param>
/// <param name="book">What is known of pods.</param>
/// <param name="requests">Asks the Ambient Code Platform.</param>
/// <param name="time">The clock.</param>
/// <param name="jitter">Gives numbers from 0 to 1.</param>
internal sealed class PodStops(IKubernetesApi api, IDialect dialect, PodBook book, AmbientRequests requests, TimeProvider time, Func<double> jitter)
{
    /// <summary>How often a deletion is tried again that failed for a reason that may pass.</summary>
    internal const int Retries = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

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
            await DeleteAsync(track.Pod, cancellationToken);
        }
        catch (KubernetesApiException failure)
        {
            throw KubernetesFailures.ToTransport(failure);
        }
    }

    private async Task DeleteAsync(Pod pod, CancellationToken cancellationToken)
    {
        var pauses = new Backoff(jitter, FirstPause);
        for (var left = Retries; ; left--)
        {
            var pause = pauses.Next();
            try
            {
                if (await _removal.DeleteAsync(pod, cancellationToken) || !await _removal.IsThereAsync(pod, cancellationToken))
                {
                    return;
                }

                if (left == 0)
                {
                    throw new KubernetesApiException(KubernetesFault.Conflict, $"the pod {PlainText.Sanitize(pod.Name)} could not be deleted: it changed each time");
                }
            }
            catch (KubernetesApiException failure) when (left > 0 && failure.Fault is (KubernetesFault.Unreachable or KubernetesFault.Throttled or KubernetesFault.Server))
            {
                pause = failure.RetryAfter is { } wanted && wanted > pause ? wanted < Backoff.Most ? wanted : Backoff.Most : pause;
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    // Elsewhere nothing is started by an engine, and the system that owns the pods knows best.
    private Task MarkAsync(AgentId agent, string? mark, CancellationToken cancellationToken) =>
        dialect is GasCityDialect && book.Find(agent)?.Pod is { } pod ? _removal.MarkAsync(pod, mark, cancellationToken) : Task.CompletedTask;
}
