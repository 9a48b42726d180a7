namespace AgentDeck.Tui.App.Messages;

/// <summary>A pane's screen with the history above it was read.</summary>
internal sealed record HistoryLoaded(PaneScreen Screen) : AppMessage;
