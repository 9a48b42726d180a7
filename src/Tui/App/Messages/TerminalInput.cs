using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Messages;

/// <summary>The terminal told us something.</summary>
internal sealed record TerminalInput(TerminalEvent Event) : AppMessage;
