using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.ViewModels;

/// <summary>The order of the list. Equal agents stand in the order of their ids, so that rows never jump without a reason.</summary>
internal static class AgentOrder
{
    /// <summary>The agents that pass the filter, in order.</summary>
    public static ImmutableArray<AgentId> Of(FleetSnapshot fleet, AgentFilter filter, SortOrder order)
    {
        var agents = new List<Agent>(fleet.Agents.Count);
        foreach (var agent in fleet.Agents.Values)
        {
            if (filter.Matches(agent, fleet))
            {
                agents.Add(agent);
            }
        }

        agents.Sort((left, right) => Compare(left, right, order) is not 0 and var difference ? difference : ById(left.Id, right.Id));
        return [.. agents.Select(agent => agent.Id)];
    }

    /// <summary>The word of an order, for the list's title.</summary>
    public static string WordOf(SortOrder order) => order switch
    {
        SortOrder.Attention => "attention",
        SortOrder.Name => "name",
        SortOrder.Idle => "idle",
        SortOrder.Phase => "phase",
        _ => "age",
    };

    private static int Compare(Agent left, Agent right, SortOrder order) => order switch
    {
        SortOrder.Attention => Attention.Rank(left.Status) - Attention.Rank(right.Status),
        SortOrder.Idle => (left.Status.LastActivity ?? DateTimeOffset.MaxValue).CompareTo(right.Status.LastActivity ?? DateTimeOffset.MaxValue),
        SortOrder.Phase => left.Status.Phase.CompareTo(right.Status.Phase),
        SortOrder.Age => (right.Status.StartedAt ?? DateTimeOffset.MinValue).CompareTo(left.Status.StartedAt ?? DateTimeOffset.MinValue),
        _ => 0,
    };

    private static int ById(AgentId left, AgentId right) =>
        string.CompareOrdinal(left.Source, right.Source) is not 0 and var bySource ? bySource
        : string.CompareOrdinal(left.Name, right.Name) is not 0 and var byName ? byName
        : string.CompareOrdinal(left.Scope, right.Scope);
}
