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
        // Keys beside each other: to look into thousands of agents at every comparison costs more than the comparisons.
        var keys = new List<(long Rank, AgentId Id)>(fleet.Agents.Count);
        foreach (var (id, agent) in fleet.Agents)
        {
            if (filter.Matches(agent, fleet))
            {
                keys.Add((RankOf(agent, order), id));
            }
        }

        keys.Sort(static (left, right) => left.Rank.CompareTo(right.Rank) is not 0 and var difference ? difference : ById(left.Id, right.Id));
        return [.. keys.Select(key => key.Id)];
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

    private static long RankOf(Agent agent, SortOrder order) => order switch
    {
        SortOrder.Attention => Attention.Rank(agent),
        SortOrder.Idle => (agent.Status.LastActivity ?? DateTimeOffset.MaxValue).UtcTicks,
        SortOrder.Phase => (long)agent.Status.Phase,
        SortOrder.Age => -(agent.Status.StartedAt ?? agent.Status.Pod?.CreatedAt ?? DateTimeOffset.MinValue).UtcTicks,
        _ => 0,
    };

    private static int ById(AgentId left, AgentId right) =>
        string.CompareOrdinal(left.Source, right.Source) is not 0 and var bySource ? bySource
        : string.CompareOrdinal(left.Name, right.Name) is not 0 and var byName ? byName
        : string.CompareOrdinal(left.Scope, right.Scope);
}
