using AgentDeck.Engine.Configuration;

namespace AgentDeck.Tui.App.Messages;

/// <summary>The configuration was read again and is good; keys, nudge templates and the deck's settings follow it.</summary>
internal sealed record ConfigurationChanged(DeckConfiguration Configuration) : AppMessage;
