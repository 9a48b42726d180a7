using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Tells, agent by agent, what an operation on several came to.</summary>
/// <param name="Command">What was asked.</param>
/// <param name="Rows">One an agent, in the order asked.</param>
/// <param name="Offset">The first row shown; drawing repairs it.</param>
internal sealed record ResultsOverlay(SessionCommand Command, ImmutableArray<ResultRow> Rows, int Offset) : Overlay;
