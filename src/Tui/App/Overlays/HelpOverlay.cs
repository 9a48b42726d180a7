using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>All commands with their keys.</summary>
/// <param name="Filter">Which commands are shown.</param>
/// <param name="Offset">The first row shown; drawing repairs it.</param>
internal sealed record HelpOverlay(DialogFilter Filter, int Offset) : Overlay;
