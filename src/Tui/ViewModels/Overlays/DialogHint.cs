namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>A key of a dialog and what it does there.</summary>
/// <param name="Key">The key as the operator reads it, for example <c>↵</c>.</param>
/// <param name="Text">What it does, in one or two words.</param>
internal readonly record struct DialogHint(string Key, string Text);
