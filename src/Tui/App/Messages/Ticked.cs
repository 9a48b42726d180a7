namespace AgentDeck.Tui.App.Messages;

/// <summary>Time went on: the only way in which time enters the model.</summary>
internal sealed record Ticked(DateTimeOffset Now) : AppMessage;
