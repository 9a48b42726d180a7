namespace AgentDeck.Tui.App.Model;

/// <summary>How bad a piece of news is.</summary>
internal enum NoticeKind
{
    /// <summary>Good or neutral.</summary>
    Info,

    /// <summary>To be careful about.</summary>
    Warning,

    /// <summary>Bad.</summary>
    Error,
}
