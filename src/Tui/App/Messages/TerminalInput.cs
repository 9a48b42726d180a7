using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Messages;

/// <summary>The terminal told us something.</summary>
/// <param name="Event">What it told.</param>
/// <param name="At">When; only a double click needs to know.</param>
internal sealed record TerminalInput(TerminalEvent Event, DateTimeOffset At) : AppMessage;
