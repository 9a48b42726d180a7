namespace AgentDeck.Tui.App.Effects;

/// <summary>Loads a theme by name; answered by <see cref="Messages.ThemeChosen"/>.</summary>
/// <param name="Name">A name from the catalogue, or the path of a theme file.</param>
/// <param name="IsPreview">Whether it is only shown while the theme picker is open.</param>
internal sealed record LoadTheme(string Name, bool IsPreview) : AppEffect;
