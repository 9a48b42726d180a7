using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Messages;

/// <summary>What was typed at a pane did not reach its agent.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record TypingFailed(AgentId Agent, string Reason) : AppMessage;
