using System.Globalization;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Asks the Ambient Code Platform for a change of a session, by the annotations that its own interface sets.</summary>
internal static class AmbientRequests
{
    private const string StopRequestedAt = "ambient-code.io/stop-requested-at";

    /// <summary>Asks for the end of a session.</summary>
    /// <exception cref="Transports.TransportException">The cluster does not take it.</exception>
    public static Task StopAsync(IKubernetesApi api, AmbientSession session, DateTimeOffset now, CancellationToken cancellationToken) =>
        AnnotateAsync(api, session, "Stopped", now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), cancellationToken);

    /// <summary>Takes that back. Never fails: what cannot be taken back is shown as what is asked for.</summary>
    public static async Task WithdrawStopAsync(IKubernetesApi api, AmbientSession session, CancellationToken cancellationToken)
    {
        try
        {
            await AnnotateAsync(api, session, null, null, cancellationToken);
        }
        catch (Transports.TransportException)
        {
        }
    }

    private static async Task AnnotateAsync(IKubernetesApi api, AmbientSession session, string? desired, string? requestedAt, CancellationToken cancellationToken)
    {
        // With the uid a session of the same name that was made anew is refused, and so spared.
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["uid"] = session.Uid,
                ["annotations"] = new JsonObject { [AmbientSessionReader.DesiredPhase] = desired, [StopRequestedAt] = requestedAt },
            },
        };
        try
        {
            await api.MergeAsync(new ObjectName(AmbientSession.Kind, session.Namespace, session.Name), patch, cancellationToken);
        }
        catch (KubernetesApiException failure)
        {
            throw KubernetesFailures.ToTransport(failure);
        }
    }
}
