namespace AgentDeck.Tui.Terminal.Input;

/// <summary>The program was stopped and goes on (<c>fg</c>): the screen was set up again and must be painted.</summary>
internal sealed record TerminalResumed : TerminalEvent;
