using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Finds a command or an agent by a few letters.</summary>
/// <param name="Query">What is typed.</param>
/// <param name="Selected">The selected row, counted from the best match.</param>
internal sealed record PaletteOverlay(string Query, int Selected) : Overlay;
