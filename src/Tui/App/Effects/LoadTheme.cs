namespace AgentDeck.Tui.App.Effects;

/// <summary>Loads a theme by name; answered by <see cref="Messages.ThemeChosen"/>.</summary>
internal sealed record LoadTheme(string Name) : AppEffect;
