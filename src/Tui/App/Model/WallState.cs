using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Model;

/// <summary>What the operator made of the wall of panes.</summary>
internal sealed record WallState
{
    /// <summary>How many panes: 1, 2, 4, 6 or 9.</summary>
    public int Panes { get; init; } = 4;

    /// <summary>Agents whose panes stay, in the order in which they were pinned.</summary>
    public ImmutableArray<AgentId> Pinned { get; init; } = [];

    /// <summary>The agent whose pane has the focus, or null when the list has it.</summary>
    public AgentId? Focused { get; init; }

    /// <summary>Whether the focused (or selected) pane fills the screen.</summary>
    public bool IsZoomed { get; init; }

    /// <summary>Whether keys go to the focused pane's agent.</summary>
    public bool IsTyping { get; init; }

    /// <summary>
    /// Whether typing ended by itself: until the operator says that this was noticed, keys that were meant for the agent must
    /// not act as commands of the deck.
    /// </summary>
    public bool IsTypingCut { get; init; }

    /// <summary>The focused pane's place in its history, or null when it shows the live screen.</summary>
    public HistoryView? History { get; init; }
}
