using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Leadership;

namespace AgentDeck.Engine;

/// <summary>Which sources several engines may want to keep, and where the Lease is that decides. Pure.</summary>
internal static class SharedPlaces
{
    /// <summary>The sources in clusters that have declared agents, by name. Those of one namespace share one Lease.</summary>
    /// <param name="configuration">The fleet.</param>
    /// <param name="environment">Reads a variable.</param>
    public static IReadOnlyDictionary<string, LeasePlace> Of(DeckConfiguration configuration, Func<string, string?> environment) =>
        configuration.Sources.OfType<KubernetesSourceSpec>()
            .Where(source => configuration.Agents.Any(agent => agent.Source == source.Name))
            .Select(source => GasCityEnvironment.Apply(source, environment))
            .ToDictionary(
                source => source.Name,
                source => new LeasePlace(source.Context, source.Kubeconfig, source.AllNamespaces || source.Namespaces.IsEmpty ? null : source.Namespaces[0]));
}
