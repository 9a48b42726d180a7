using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Leadership;
using AgentDeck.Engine.Store;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Who keeps what is declared in a place, for whoever looks once and does not compete for it.</summary>
internal static class LeaseGlance
{
    /// <summary>Reads the Lease and tells its holder with the source. One that cannot be read, or is not there, leaves that unknown.</summary>
    /// <param name="api">The cluster.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="place">The namespace; null for the cluster's own.</param>
    /// <param name="store">What is told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task TellAsync(IKubernetesApi api, string source, string? place, FleetStore store, CancellationToken cancellationToken)
    {
        try
        {
            var lease = LeaseRecord.Read(await api.GetAsync(new ObjectName(ResourceKind.Leases, place ?? api.Namespace, PlaceElection.LeaseName), cancellationToken));
            store.Apply(edit =>
            {
                if (lease.Holder.Length > 0 && edit.Sources.FirstOrDefault(status => status.Name == source) is { } status)
                {
                    edit.SetSource(status with { Leader = PlainText.Sanitize(lease.Holder) });
                }
            });
        }
        catch (KubernetesApiException)
        {
            // Whether the cluster answers at all is told by the list of its pods.
        }
    }
}
