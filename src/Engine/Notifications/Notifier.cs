using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Notifications;

/// <summary>
/// Tells operators what they should know without having asked, once a transition. Follows the store like any other reader, so
/// nothing waits for it; each channel runs on its own.
/// </summary>
internal sealed partial class Notifier
{
    /// <summary>How long those that still wait at the end may take to be told.</summary>
    internal static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly IFleetStore _store;
    private readonly INotificationMemory _memory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly NotificationWatch _watch;
    private readonly UndecidedNotifications _undecided;
    private readonly ImmutableArray<NotificationOutbox> _outboxes;
    private volatile NotifySettings _settings = new();

    /// <summary>Puts it together; <see cref="RunAsync"/> makes it work.</summary>
    /// <param name="store">What is seen.</param>
    /// <param name="channels">Who tells it.</param>
    /// <param name="memory">What was told already.</param>
    /// <param name="isOurs">Of the engines that share a cluster, whether this one tells what it saw of an agent at a time; null while that is open. Personal channels tell all the same.</param>
    /// <param name="redact">Removes secrets.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where failures go.</param>
    public Notifier(
        IFleetStore store,
        IEnumerable<INotificationChannel> channels,
        INotificationMemory memory,
        Func<AgentId, DateTimeOffset, bool?> isOurs,
        Func<string, string> redact,
        TimeProvider time,
        ILogger logger)
    {
        (_store, _memory, _time, _logger) = (store, memory, time, logger);
        _watch = new NotificationWatch(time.GetUtcNow(), redact);
        _undecided = new UndecidedNotifications(isOurs);
        _outboxes = [.. channels.Select(channel => new NotificationOutbox(channel, () => _settings, logger))];
    }

    /// <summary>What is told, and how; takes effect with the next notification.</summary>
    public NotifySettings Settings
    {
        get => _settings;
        set => _settings = value;
    }

    /// <summary>Works until cancelled, and <see cref="LastWords"/> longer at most. Never fails: a fault of ours ends what it is in, and is logged.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = new CancellationTokenSource();
        var telling = Task.WhenAll(_outboxes.Select(outbox => GuardAsync(outbox.RunAsync, ending.Token)));
        await GuardAsync(FollowAsync, cancellationToken);
        foreach (var outbox in _outboxes)
        {
            outbox.Complete();
        }

        await using var limit = _time.CreateTimer(_ => ending.Cancel(), null, LastWords, Timeout.InfiniteTimeSpan);
        await telling;
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var updates = _store.Subscribe();
        await TellAsync(_watch.Take(new FleetUpdate(updates.Initial, []), _time.GetUtcNow()), cancellationToken);
        await using var reading = updates.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = reading.MoveNextAsync().AsTask();
        while (true)
        {
            if (await IsDueFirstAsync(next))
            {
                await TellAsync(_watch.Look(_time.GetUtcNow()), cancellationToken);
                continue;
            }

            if (!await next)
            {
                return;
            }

            await TellAsync(_watch.Take(reading.Current, _time.GetUtcNow()), cancellationToken);
            next = reading.MoveNextAsync().AsTask();
        }
    }

    private async Task<bool> IsDueFirstAsync(Task next)
    {
        DateTimeOffset?[] looks = [_watch.NextLook, _undecided.NextLook];
        if (next.IsCompleted || looks.Min() is not { } due)
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
    private async Task TellAsync(List<Notification> notifications, CancellationToken cancellationToken)
    {
        var wanted = _settings.On;
        foreach (var notification in notifications.Where(notification => wanted.Contains(notification.Kind)))
        {
            if (!await _memory.TryAddAsync(notification, cancellationToken))
            {
                continue;
            }

            Add(notification, isPersonal: true);
            if (_memory.IsOurs)
            {
                _undecided.Add(notification);
            }
        }

        foreach (var notification in _undecided.Take(_time.GetUtcNow()))
        {
            Add(notification, isPersonal: false);
        }
    }

    private void Add(Notification notification, bool isPersonal)
    {
        foreach (var outbox in _outboxes.Where(outbox => outbox.IsPersonal == isPersonal))
        {
            outbox.Add(notification);
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
