using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Widgets;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Finds a command or an agent by a few letters.</summary>
/// <param name="Query">What is typed, with its cursor.</param>
/// <param name="Selected">The selected row, counted from the best match.</param>
internal sealed record PaletteOverlay(TextInputState Query, int Selected) : Overlay;
