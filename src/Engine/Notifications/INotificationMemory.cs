using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Notifications;

/// <summary>Which transitions were told already, also by engines before this one. Called by one caller at a time.</summary>
internal interface INotificationMemory
{
    /// <summary>Remembers a transition; false when it was known already, and then it is not told again. Does not wait for a disk.</summary>
    /// <param name="agent">The agent concerned; what is remembered of it may be forgotten with it, and the oldest of it before.</param>
    /// <param name="key">The transition, see <see cref="Notification.Key"/>; names the agent, too.</param>
    bool TryAdd(AgentId agent, string key);
}
