using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Notifications;

/// <summary>
/// Notifications of which it is not known yet whether this engine tells the world or another that shares the cluster did. No I/O; for one caller at a time.
/// </summary>
/// <param name="isOurs">Whether what was seen of an agent at a time is for this engine to tell; null while that is open.</param>
internal sealed class UndecidedNotifications(Func<AgentId, DateTimeOffset, bool?> isOurs)
{
    /// <summary>How long one waits for the decision: longer than it takes to follow a leader that fell silent. Then better twice than never.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly List<Notification> _waiting = [];

    /// <summary>When <see cref="Take"/> is due, or null while nothing waits.</summary>
    public DateTimeOffset? NextLook { get; private set; }

    /// <summary>Adds one.</summary>
    public void Add(Notification notification) => _waiting.Add(notification);

    /// <summary>Takes out those that this engine tells, in order, and drops those that another told.</summary>
    public List<Notification> Take(DateTimeOffset now)
    {
        var ours = new List<Notification>();
        _waiting.RemoveAll(notification =>
        {
            var decision = isOurs(notification.Id, notification.At) ?? (now - notification.At >= Patience ? true : null);
            if (decision == true)
            {
                ours.Add(notification);
            }

            return decision is not null;
        });
        NextLook = _waiting.Count > 0 ? now + Pause : null;
        return ours;
    }
}
