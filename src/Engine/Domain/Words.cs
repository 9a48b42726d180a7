namespace AgentDeck.Engine.Domain;

/// <summary>The words of the domain as they stand on screen, in JSON and in filters: lower case, stable.</summary>
public static class Words
{
    /// <summary>The word of a phase, for example <c>running</c>.</summary>
    public static string Of(AgentPhase phase) => phase switch
    {
        AgentPhase.Pending => "pending",
        AgentPhase.Starting => "starting",
        AgentPhase.Running => "running",
        AgentPhase.Stopping => "stopping",
        AgentPhase.Stopped => "stopped",
        AgentPhase.Completed => "completed",
        AgentPhase.Failed => "failed",
        _ => "unknown",
    };

    /// <summary>The word of an activity, for example <c>busy</c>; <c>none</c> when there is none.</summary>
    public static string Of(Activity activity) => activity switch
    {
        Activity.Busy => "busy",
        Activity.Idle => "idle",
        Activity.Waiting => "waiting",
        Activity.Blocked => "blocked",
        Activity.Limited => "limited",
        _ => "none",
    };

    /// <summary>The word of a restart policy as it stands in <c>agents.toml</c>, for example <c>on-failure</c>.</summary>
    public static string Of(RestartPolicy policy) => policy switch
    {
        RestartPolicy.Never => "never",
        RestartPolicy.OnFailure => "on-failure",
        _ => "always",
    };

    /// <summary>The word of a request, for example <c>stop</c>.</summary>
    public static string Of(RequestKind kind) => kind switch
    {
        RequestKind.Start => "start",
        RequestKind.Stop => "stop",
        _ => "restart",
    };

    /// <summary>The word of a kind of notification, for example <c>needs-input</c>.</summary>
    public static string Of(NotificationKind kind) => kind switch
    {
        NotificationKind.NeedsInput => "needs-input",
        NotificationKind.Failed => "failed",
        NotificationKind.Completed => "completed",
        NotificationKind.Stalled => "stalled",
        _ => "gone",
    };

    /// <summary>The word of a link, for example <c>live</c>.</summary>
    public static string Of(SourceLink link) => link switch
    {
        SourceLink.Connecting => "connecting",
        SourceLink.Live => "live",
        SourceLink.Stale => "stale",
        SourceLink.Denied => "denied",
        _ => "unreachable",
    };
}
