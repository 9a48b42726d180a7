using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Store;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Notifications;

/// <summary>
/// Tells operators what they should know without having asked, once a transition. Follows the store like any other reader, so
/// nothing waits for it; each channel runs on its own.
/// </summary>
internal sealed partial class Notifier
{
    private readonly IFleetStore _store;
    private readonly INotificationMemory _memory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly NotificationWatch _watch;
    private readonly ImmutableArray<NotificationOutbox> _outboxes;
    private volatile NotifySettings _settings = new();

    /// <summary>Puts it together; <see cref="RunAsync"/> makes it work.</summary>
    /// <param name="store">What is seen.</param>
    /// <param name="channels">Who tells it.</param>
    /// <param name="memory">What was told already.</param>
    /// <param name="redact">Removes secrets.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where failures go.</param>
    public Notifier(
        IFleetStore store, IEnumerable<INotificationChannel> channels, INotificationMemory memory, Func<string, string> redact, TimeProvider time, ILogger logger)
    {
        (_store, _memory, _time, _logger) = (store, memory, time, logger);
        _watch = new NotificationWatch(time.GetUtcNow(), redact);
        _outboxes = [.. channels.Select(channel => new NotificationOutbox(channel, () => _settings, logger))];
    }

    /// <summary>What is told, and how; takes effect with the next notification.</summary>
    public NotifySettings Settings
    {
        get => _settings;
        set => _settings = value;
    }

    /// <summary>Works until cancelled. Never fails: a fault of ours ends what it is in, and is logged.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        [GuardAsync(FollowAsync, cancellationToken), .. _outboxes.Select(outbox => GuardAsync(outbox.RunAsync, cancellationToken))]);

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var updates = _store.Subscribe();
        Tell(_watch.Take(new FleetUpdate(updates.Initial, []), _time.GetUtcNow()));
        await using var reading = updates.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = reading.MoveNextAsync().AsTask();
        while (true)
        {
            if (await IsDueFirstAsync(next))
            {
                Tell(_watch.Look(_time.GetUtcNow()));
                continue;
            }

            if (!await next)
            {
                return;
            }

            Tell(_watch.Take(reading.Current, _time.GetUtcNow()));
            next = reading.MoveNextAsync().AsTask();
        }
    }

    private async Task<bool> IsDueFirstAsync(Task next)
    {
        if (next.IsCompleted || _watch.NextLook is not { } due)
        {
            return false;
        }

        var wait = due - _time.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            return true;
        }

        try
        {
            await next.WaitAsync(wait, _time, CancellationToken.None);
            return false;
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    // Remembered before it is told: better once too few than again and again.
    private void Tell(List<Notification> notifications)
    {
        var wanted = _settings.On;
        foreach (var notification in notifications.Where(notification => wanted.Contains(notification.Kind) && _memory.TryAdd(notification.Id, notification.Key)))
        {
            foreach (var outbox in _outboxes)
            {
                outbox.Add(notification);
            }
        }
    }

    private async Task GuardAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var running = work(cancellationToken);
        await running.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (running.Exception is { } failure)
        {
            LogFellOver(_logger, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "notifications, or one way of them, fell over; restart the deck")]
    private static partial void LogFellOver(ILogger logger, Exception failure);
}
