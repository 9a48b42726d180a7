namespace AgentDeck.Tui.Terminal.Input;

/// <summary>The terminal went away or a signal asks the program to end; the last event of a host.</summary>
internal sealed record TerminalClosed(string Reason) : TerminalEvent;
