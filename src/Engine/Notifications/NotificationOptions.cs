namespace AgentDeck.Engine.Notifications;

/// <summary>The ways to tell an operator that the engine's host provides; commands come from the configuration.</summary>
public sealed record NotificationOptions
{
    /// <summary>The operator's terminal, or null when there is none.</summary>
    public INotificationChannel? Terminal { get; init; }

    /// <summary>Where to post, or null for nowhere.</summary>
    public WebhookTarget? Webhook { get; init; }
}
