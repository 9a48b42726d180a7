using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;

namespace AgentDeck.Engine.Notifications;

/// <summary>A memory in the journal, in the record of each agent.</summary>
internal sealed class JournalNotificationMemory(IJournal journal) : INotificationMemory
{
    /// <summary>How many transitions of an agent are remembered; older ones cannot be seen again.</summary>
    internal const int MostOfAnAgent = 32;

    private readonly PassingNotificationMemory _passing = new();

    /// <inheritdoc/>
    public bool IsOurs => journal.Mode != JournalMode.Observing;

    /// <inheritdoc/>
    public async ValueTask<bool> TryAddAsync(Notification notification, CancellationToken cancellationToken)
    {
        // The record of an agent that is gone went with it, and no engine after this one will see it go.
        if (notification.Kind == NotificationKind.Gone)
        {
            return await _passing.TryAddAsync(notification, cancellationToken);
        }

        var (id, isNew) = (NotificationJson.IdOf(notification), false);
        try
        {
            await journal.RecordAsync(notification.Id, Add, cancellationToken);
        }
        catch (JournalException)
        {
            return await _passing.TryAddAsync(notification, cancellationToken);
        }

        return isNew;

        AgentRecord Add(AgentRecord record)
        {
            isNew = !record.Notified.Contains(id);
            var notified = isNew ? record.Notified.Add(id) : record.Notified;
            return record with { Notified = notified.RemoveRange(0, Math.Max(0, notified.Count - MostOfAnAgent)) };
        }
    }
}
