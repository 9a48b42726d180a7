namespace AgentDeck.Tui.App.Messages;

/// <summary>Something that happened to the deck. A closed hierarchy: the update switches over it.</summary>
internal abstract record AppMessage;
