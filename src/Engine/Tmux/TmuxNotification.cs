namespace AgentDeck.Engine.Tmux;

/// <summary>
/// What a tmux server says on its own between replies. A closed hierarchy. Ids are tmux's own (<c>$1</c>, <c>@2</c>,
/// <c>%3</c>); names and values may be hostile.
/// </summary>
internal abstract record TmuxNotification
{
    private TmuxNotification()
    {
    }

    /// <summary>A pane printed something; what, was thrown away unread.</summary>
    public sealed record Output(string PaneId) : TmuxNotification;

    /// <summary>The value of a subscription of <c>refresh-client -B</c> changed.</summary>
    public sealed record SubscriptionChanged(string Name, string Value) : TmuxNotification;

    /// <summary>A session of the server was created or destroyed.</summary>
    public sealed record SessionsChanged : TmuxNotification;

    /// <summary>This client is now attached to another session.</summary>
    public sealed record SessionChanged(string SessionId, string Name) : TmuxNotification;

    /// <summary>A session has a new name.</summary>
    public sealed record SessionRenamed(string SessionId, string Name) : TmuxNotification;

    /// <summary>Another window of a session became its current one.</summary>
    public sealed record SessionWindowChanged(string SessionId, string WindowId) : TmuxNotification;

    /// <summary>Another pane of a window became its active one.</summary>
    public sealed record WindowPaneChanged(string WindowId, string PaneId) : TmuxNotification;

    /// <summary>A window changed its size or its panes.</summary>
    public sealed record LayoutChanged(string WindowId) : TmuxNotification;

    /// <summary>A pane entered or left copy mode.</summary>
    public sealed record PaneModeChanged(string PaneId) : TmuxNotification;

    /// <summary>The client ends; <paramref name="Reason"/> may be empty.</summary>
    public sealed record Exited(string Reason) : TmuxNotification;

    /// <summary>Anything else, by its name with the percent sign.</summary>
    public sealed record Unknown(string Name) : TmuxNotification;
}
