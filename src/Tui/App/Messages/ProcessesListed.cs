using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Messages;

/// <summary>The processes of an agent were read, or why not.</summary>
internal sealed record ProcessesListed(AgentId Agent, string Text) : AppMessage;
