using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Picks a theme; the deck behind the dialog is the preview.</summary>
/// <param name="Original">The theme to go back to.</param>
/// <param name="Selected">Index of the selected name in <see cref="AppModel.ThemeNames"/>.</param>
internal sealed record ThemeOverlay(Theme Original, int Selected) : Overlay;
