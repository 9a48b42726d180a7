using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.ViewModels;

/// <summary>Finds the agent that an operator names by its id or by a part of it that only one agent has.</summary>
internal static class AgentResolver
{
    private const int MostSuggestions = 3;

    // From the strictest reading to the loosest: the first that fits any agent decides, so that an exact name always wins over a longer one.
    private static readonly Func<AgentId, string, bool>[] Readings =
    [
        (id, text) => id.ToString() == text || $"{id.Source}/{id.Scope}/{id.Name}" == text,
        (id, text) => id.Name == text,
        (id, text) => id.ToString().Equals(text, StringComparison.OrdinalIgnoreCase) || id.Name.Equals(text, StringComparison.OrdinalIgnoreCase),
        (id, text) => id.ToString().StartsWith(text, StringComparison.OrdinalIgnoreCase) || id.Name.StartsWith(text, StringComparison.OrdinalIgnoreCase),
        (id, text) => id.ToString().Contains(text, StringComparison.OrdinalIgnoreCase),
    ];

    /// <summary>Says which agent <paramref name="text"/> means.</summary>
    public static AgentResolution Resolve(string text, FleetSnapshot fleet)
    {
        foreach (var reading in text.Length == 0 ? [] : Readings)
        {
            var fitting = fleet.Agents.Keys.Where(id => reading(id, text)).ToImmutableArray();
            if (fitting.Length > 0)
            {
                return fitting.Length == 1
                    ? new AgentResolution.One(fleet.Agents[fitting[0]])
                    : new AgentResolution.Ambiguous([.. fitting.OrderBy(id => id.ToString(), StringComparer.Ordinal)]);
            }
        }

        var nearest = Spelling.Nearest(text, fleet.Agents.Keys, id => text.Contains('/', StringComparison.Ordinal) ? id.ToString() : id.Name, MostSuggestions);
        return new AgentResolution.None(nearest);
    }
}
