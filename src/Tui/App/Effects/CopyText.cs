namespace AgentDeck.Tui.App.Effects;

/// <summary>Sends a text to the clipboard of the operator's terminal.</summary>
internal sealed record CopyText(string Text) : AppEffect;
