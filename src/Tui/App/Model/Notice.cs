namespace AgentDeck.Tui.App.Model;

/// <summary>One line of news above the footer.</summary>
/// <param name="Kind">How bad it is.</param>
/// <param name="Text">The news; already plain text.</param>
/// <param name="Until">When it disappears by itself.</param>
/// <param name="Topic">What it is about; of news about the same only the newest stands. Null: about itself alone.</param>
internal sealed record Notice(NoticeKind Kind, string Text, DateTimeOffset Until, string? Topic = null);
