using System.Collections.Immutable;

namespace AgentDeck.Tui.App.Messages;

/// <summary>Screens were captured and parsed.</summary>
internal sealed record PanesChanged(ImmutableArray<PaneScreen> Screens) : AppMessage;
