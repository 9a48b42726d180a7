namespace AgentDeck.Tui.App.Messages;

/// <summary>The alarm of the loop rang: a frame or a second is due. The update never sees it.</summary>
internal sealed record Woken : AppMessage;
