namespace AgentDeck.Tui.App.Running;

/// <summary>How the deck was left.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Farewell">One line for the operator once the terminal is restored: what keeps running and how to stop it.</param>
internal sealed record DeckExit(int Code, string Farewell);
