namespace AgentDeck.Tui.App.Messages;

/// <summary>An effect has something to tell the operator.</summary>
internal sealed record NoticeRaised(Model.NoticeKind Kind, string Text) : AppMessage;
