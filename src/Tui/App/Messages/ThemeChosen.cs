using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.App.Messages;

/// <summary>A theme was loaded and is to be used from now on.</summary>
internal sealed record ThemeChosen(Theme Theme) : AppMessage;
