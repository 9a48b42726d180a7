using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Effects;

/// <summary>Tells the engine which panes are on screen.</summary>
internal sealed record WatchPanes(ImmutableArray<AgentId> Agents) : AppEffect;
