namespace AgentDeck.Tui.Terminal.Input;

/// <summary>Something that the terminal told us. A closed hierarchy: use pattern matching.</summary>
internal abstract record TerminalEvent;
