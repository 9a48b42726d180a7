using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.ViewModels;

/// <summary>Which agent a text means. A closed hierarchy: switch over it exhaustively.</summary>
internal abstract record AgentResolution
{
    private AgentResolution()
    {
    }

    /// <summary>Exactly one agent is meant.</summary>
    /// <param name="Agent">The agent.</param>
    internal sealed record One(Agent Agent) : AgentResolution;

    /// <summary>Several agents fit equally well.</summary>
    /// <param name="Candidates">All of them, by name.</param>
    internal sealed record Ambiguous(ImmutableArray<AgentId> Candidates) : AgentResolution;

    /// <summary>No agent fits.</summary>
    /// <param name="Nearest">At most three whose names look alike, nearest first; often empty.</param>
    internal sealed record None(ImmutableArray<AgentId> Nearest) : AgentResolution;
}
