using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Model;

/// <summary>What the operator made of the list.</summary>
internal sealed record ListState
{
    /// <summary>The selected agent; rows may move under it.</summary>
    public AgentId? Selected { get; init; }

    /// <summary>Marked agents; they may be hidden by the filter.</summary>
    public ImmutableHashSet<AgentId> Marked { get; init; } = [];

    /// <summary>The filter as typed.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Whether the filter is being typed.</summary>
    public bool IsFiltering { get; init; }

    /// <summary>The order.</summary>
    public SortOrder Sort { get; init; }

    /// <summary>The first visible row; drawing repairs it so that the selection shows.</summary>
    public int Offset { get; init; }
}
