namespace AgentDeck.Tui.Terminal.Input;

/// <summary>A key was pressed.</summary>
internal sealed record KeyPressed(KeyChord Chord) : TerminalEvent;
