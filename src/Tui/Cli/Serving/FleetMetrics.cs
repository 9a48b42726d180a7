using System.Text;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.Cli.Serving;

/// <summary>What is known of the fleet, as metrics. Pure.</summary>
internal static class FleetMetrics
{
    /// <summary>Writes them.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="fleet">What is known.</param>
    /// <param name="events">The number of the last event.</param>
    public static void Append(StringBuilder text, FleetSnapshot fleet, long events)
    {
        PrometheusText.Append(text, "agentdeck.agents", false, "agents by source and phase", fleet.Agents.Values
            .GroupBy(agent => (agent.Id.Source, agent.Status.Phase))
            .OrderBy(group => group.Key.Source, StringComparer.Ordinal).ThenBy(group => group.Key.Phase)
            .Select(group => (Labels(("phase", Words.Of(group.Key.Phase)), ("source", group.Key.Source)), (double)group.Count())));
        PrometheusText.Append(text, "agentdeck.agents.declared", false, "declared agents by source", fleet.Agents.Values
            .Where(agent => agent.Spec is not null)
            .GroupBy(agent => agent.Id.Source)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Labels(("source", group.Key)), (double)group.Count())));
        PrometheusText.Append(text, "agentdeck.agents.stuck", false, "agents where something takes much longer than it should, by source", fleet.Agents.Values
            .GroupBy(agent => agent.Id.Source)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Labels(("source", group.Key)), (double)group.Count(IsStuck))));
        PrometheusText.Append(text, "agentdeck.restarts", false, "how often agents that are known were started again", fleet.Agents.Values
            .GroupBy(agent => agent.Id.Source)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Labels(("source", group.Key)), (double)group.Sum(agent => agent.Restarts))));
        PrometheusText.Append(text, "agentdeck.source.live", false, "1 while a source answers", fleet.Sources
            .Select(source => (Labels(("source", source.Name)), source.Link == SourceLink.Live ? 1.0 : 0.0)));
        PrometheusText.Append(text, "agentdeck.source.enforced", false, "0 while another engine leads in a shared source, or nobody is known to", fleet.Sources
            .Select(source => (Labels(("source", source.Name)), source.Lead is null ? 1.0 : 0.0)));
        PrometheusText.Append(text, "agentdeck.events", true, "events since this engine began", [(Labels(), events)]);
    }

    private static bool IsStuck(Agent agent) => agent.Conditions.Any(condition => condition is { Type: ConditionTypes.Stuck, Status: ConditionStatus.True });

    private static IEnumerable<KeyValuePair<string, string>> Labels(params (string Name, string Value)[] labels) =>
        labels.Select(label => KeyValuePair.Create(label.Name, PlainText.Sanitize(label.Value)));
}
