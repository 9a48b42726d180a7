namespace AgentDeck.Tui.Terminal.Input;

/// <summary>A bracketed paste arrived, whole or cut at the parser's limit; line ends are LF.</summary>
internal sealed record TextPasted(string Text) : TerminalEvent;
