using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.App.Messages;

/// <summary>A theme was loaded and is to be used from now on.</summary>
/// <param name="Theme">The theme.</param>
/// <param name="IsPreview">Whether it is only shown while the theme picker is open.</param>
internal sealed record ThemeChosen(Theme Theme, bool IsPreview) : AppMessage;
