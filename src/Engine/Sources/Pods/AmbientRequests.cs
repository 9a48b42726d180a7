using System.Globalization;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// Asks the Ambient Code Platform to start or stop a session, by the annotations that its own interface sets: those and nothing else, and
/// only if the session is still as it was read. Who acts on it is the platform's operator.
/// </summary>
/// <param name="api">The cluster.</param>
/// <param name="book">The sessions as last told.</param>
/// <param name="store">Tells when something changed.</param>
/// <param name="time">The clock.</param>
internal sealed class AmbientRequests(IKubernetesApi api, PodBook book, FleetStore store, TimeProvider time)
{
    private const int Tries = 5;

    private static readonly TimeSpan UntilTold = TimeSpan.FromSeconds(5);

    /// <summary>Asks for a start and returns when the agent runs. Asked again when the platform forgot it while it stopped.</summary>
    /// <exception cref="TransportException">It cannot be asked, nobody answers, or it did not come up.</exception>
    public async Task StartAsync(AgentId agent, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(PodDeclaration.DefaultStartupTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            while (true)
            {
                await RequestAsync(agent, start: true, either.Token);
                var hasNews = await WaitAsync(agent, status => status?.Phase == AgentPhase.Running || IsUnasked(agent), AmbientTransitions.UnansweredAfter, either.Token);
                if (store.Current.Agents.GetValueOrDefault(agent)?.Status.Phase == AgentPhase.Running)
                {
                    return;
                }

                switch (book.FindSession(agent))
                {
                    case { DesiredPhase: { } asked } session when !hasNews && !AmbientTransitions.IsAnswered(session.Phase, asked):
                        throw new TransportException(TransportFault.Unreachable, AmbientTransitions.NobodyAnswers);
                    // What it was asked for is done with, and came to nothing. A session that was just stopped is asked again: the platform forgets a start while it stops.
                    case { DesiredPhase: null, Phase: "Failed" or "Completed" } session:
                        throw new TransportException(TransportFault.Gone, $"its session was started and is {session.Phase}");
                    default:
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(TransportFault.Unreachable, $"it did not start within {PodDeclaration.DefaultStartupTimeout.TotalSeconds:0} s");
        }
    }

    /// <summary>Asks for the end of a session.</summary>
    /// <exception cref="TransportException">The cluster does not take it.</exception>
    public Task StopAsync(AgentId agent, CancellationToken cancellationToken) => RequestAsync(agent, start: false, cancellationToken);

    /// <summary>Takes a request for a stop back. Never fails: what cannot be taken back is shown as what is asked for.</summary>
    public async Task WithdrawStopAsync(AgentId agent)
    {
        for (var tries = 1; book.FindSession(agent) is { DesiredPhase: AmbientTransitions.Stopped } session; tries++)
        {
            try
            {
                await PatchAsync(session, null, CancellationToken.None);
                return;
            }
            catch (KubernetesApiException failure) when (failure.Fault == KubernetesFault.Conflict && tries < Tries)
            {
                await ChangedAsync(agent, session, CancellationToken.None);
            }
            catch (KubernetesApiException)
            {
                return;
            }
        }
    }

    private async Task RequestAsync(AgentId agent, bool start, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var session = book.FindSession(agent)
                ?? throw new TransportException(TransportFault.Gone, "the platform has no session of that name; it is created there");
            var step = AmbientTransitions.Of(session.Phase, session.DesiredPhase, start);
            try
            {
                switch (step)
                {
                    case AmbientStep.Unknown:
                        throw new TransportException(
                            TransportFault.Denied,
                            $"its session is {session.Phase}, of which nothing is known; it can be {(start ? "started" : "stopped")} when it is one of {string.Join(", ", AmbientTransitions.Phases)}");
                    case AmbientStep.Nothing:
                        return;
                    default:
                        await PatchAsync(session, step == AmbientStep.Ask ? start : null, cancellationToken);
                        await ChangedAsync(agent, session, cancellationToken);
                        return;
                }
            }
            catch (KubernetesApiException failure) when (failure.Fault == KubernetesFault.Conflict && tries < Tries)
            {
                // Somebody changed it meanwhile, which the watch tells.
                await ChangedAsync(agent, session, cancellationToken);
            }
            catch (KubernetesApiException failure)
            {
                throw KubernetesFailures.ToTransport(failure);
            }
        }
    }

    private Task<bool> ChangedAsync(AgentId agent, AmbientSession session, CancellationToken cancellationToken) =>
        WaitAsync(agent, _ => book.FindSession(agent)?.ResourceVersion != session.ResourceVersion, UntilTold, cancellationToken);

    // Start, stop, or null to take back what was asked.
    private async Task PatchAsync(AmbientSession session, bool? start, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var annotations = new JsonObject
        {
            [AmbientSessionReader.DesiredPhase] = start switch { null => null, true => AmbientTransitions.Running, false => AmbientTransitions.Stopped },
            [AmbientSessionReader.StartRequestedAt] = start is true ? now : null,
            [AmbientSessionReader.StopRequestedAt] = start is false ? now : null,
        };
        // With uid and version a session that changed, or was made anew, is refused, and so spared.
        var metadata = new JsonObject { ["uid"] = session.Uid, ["resourceVersion"] = session.ResourceVersion, ["annotations"] = annotations };
        await api.MergeAsync(new ObjectName(AmbientSession.Kind, session.Namespace, session.Name), new JsonObject { ["metadata"] = metadata }, cancellationToken);
    }

    private bool IsUnasked(AgentId agent) => book.FindSession(agent) is null or { DesiredPhase: null, Phase: "Stopped" or "Failed" or "Completed" };

    private async Task<bool> WaitAsync(AgentId agent, Func<AgentStatus?, bool> holds, TimeSpan most, CancellationToken cancellationToken)
    {
        using var updates = store.Subscribe();
        using var deadline = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            if (holds(updates.Initial.Agents.GetValueOrDefault(agent)?.Status))
            {
                return true;
            }

            await foreach (var update in updates.ReadAllAsync(either.Token))
            {
                if (holds(update.Snapshot.Agents.GetValueOrDefault(agent)?.Status))
                {
                    return true;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }

        return false;
    }
}
