using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Messages;

/// <summary>The operator is back from an agent's own terminal.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Notice">Why it ended when the operator did not ask for it, or null.</param>
internal sealed record AttachEnded(AgentId Agent, string? Notice) : AppMessage;
