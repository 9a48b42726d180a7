using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>A piece of a line in one style.</summary>
/// <param name="Text">Plain text, already sanitised; no line feeds.</param>
/// <param name="Role">How it is drawn; its background gives way to the dialog's.</param>
internal readonly record struct TextRun(string Text, ThemeRole Role);
