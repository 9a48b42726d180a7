namespace AgentDeck.Tui.Terminal.Device;

/// <summary>There is no terminal that the deck could fill. The message says why and what to do.</summary>
internal sealed class NoTerminalException(string message) : Exception(message);
