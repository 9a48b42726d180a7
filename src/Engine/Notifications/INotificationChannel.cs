using AgentDeck.Engine.Configuration;

namespace AgentDeck.Engine.Notifications;

/// <summary>One way to tell an operator something. Gets one notification at a time; may take its time, nothing else waits for it.</summary>
public interface INotificationChannel
{
    /// <summary>What logs call it, for example <c>webhook</c>.</summary>
    string Name { get; }

    /// <summary>Whether it tells nobody but the operator at this engine's own terminal.</summary>
    bool IsPersonal => false;

    /// <summary>Tells it, when the settings ask for it at all. What fails is logged by the channel and not thrown.</summary>
    /// <param name="notification">What to tell.</param>
    /// <param name="settings">The settings in force.</param>
    /// <param name="cancellationToken">The end of the engine.</param>
    Task TellAsync(Notification notification, NotifySettings settings, CancellationToken cancellationToken);
}
