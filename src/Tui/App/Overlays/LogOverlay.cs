using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>The log of an agent's container, followed at its end.</summary>
/// <param name="Log">Which reading of it.</param>
/// <param name="View">The lines that came, how far the view is scrolled up (0 follows), and the search.</param>
/// <param name="Column">The first column shown.</param>
/// <param name="End">Why nothing more comes, or null while more may.</param>
internal sealed record LogOverlay(LogWant Log, HistoryView View, int Column, string? End) : Overlay;
