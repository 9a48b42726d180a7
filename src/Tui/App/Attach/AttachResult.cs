namespace AgentDeck.Tui.App.Attach;

/// <summary>What an attachment came to.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Reason">What to tell the operator; null when the operator detached.</param>
internal readonly record struct AttachResult(AttachEnd End, string? Reason);
