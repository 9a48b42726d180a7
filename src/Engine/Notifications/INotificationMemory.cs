namespace AgentDeck.Engine.Notifications;

/// <summary>Which transitions were told already, also by engines before this one. Called by one caller at a time.</summary>
internal interface INotificationMemory
{
    /// <summary>Whether it is this engine that tells the world; where another one on the same <c>agents.toml</c> does, only our own terminal is told.</summary>
    bool IsOurs { get; }

    /// <summary>Remembers a transition, and returns when that would survive a crash as far as that can be had; false when it was known already.</summary>
    ValueTask<bool> TryAddAsync(Notification notification, CancellationToken cancellationToken);
}
