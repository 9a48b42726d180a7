using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.Terminal.Widgets;

namespace AgentDeck.Tui.App.Model;

/// <summary>What the operator made of the list.</summary>
internal sealed record ListState
{
    /// <summary>The selected agent; rows may move under it.</summary>
    public AgentId? Selected { get; init; }

    /// <summary>Marked agents; they may be hidden by the filter.</summary>
    public ImmutableHashSet<AgentId> Marked { get; init; } = [];

    /// <summary>The filter as typed, with its cursor.</summary>
    public TextInputState FilterInput { get; init; } = TextInputState.Empty;

    /// <summary>The filter as typed; setting it puts the cursor behind it.</summary>
    public string Filter
    {
        get => FilterInput.Text;
        init => FilterInput = TextInputState.Of(value);
    }

    /// <summary>Whether the filter is being typed.</summary>
    public bool IsFiltering { get; init; }

    /// <summary>The order.</summary>
    public SortOrder Sort { get; init; }

    /// <summary>The first visible row; drawing repairs it so that the selection shows.</summary>
    public int Offset { get; init; }
}
