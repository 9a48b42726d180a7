namespace AgentDeck.Tui.Terminal.Input;

/// <summary>The terminal window gained or lost the keyboard.</summary>
internal sealed record FocusChanged(bool HasFocus) : TerminalEvent;
