using System.Threading.Channels;
using AgentDeck.Engine.Configuration;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Notifications;

/// <summary>What waits for one channel: bounded, the oldest goes first, and whoever adds never waits.</summary>
internal sealed partial class NotificationOutbox
{
    /// <summary>How many notifications wait at most.</summary>
    internal const int Limit = 256;

    private readonly INotificationChannel _channel;
    private readonly Func<NotifySettings> _settings;
    private readonly Channel<Notification> _waiting;

    /// <summary>Creates an empty one.</summary>
    /// <param name="channel">Who tells them.</param>
    /// <param name="settings">The settings in force.</param>
    /// <param name="logger">Where it is noted that some were dropped.</param>
    public NotificationOutbox(INotificationChannel channel, Func<NotifySettings> settings, ILogger logger)
    {
        (_channel, _settings) = (channel, settings);
        _waiting = Channel.CreateBounded<Notification>(
            new BoundedChannelOptions(Limit) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            dropped => LogDropped(logger, channel.Name, dropped.Message));
    }

    /// <summary>See <see cref="INotificationChannel.IsPersonal"/>.</summary>
    public bool IsPersonal => _channel.IsPersonal;

    /// <summary>Takes no more; <see cref="RunAsync"/> ends when all are told.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    /// <summary>Adds a notification; returns at once.</summary>
    public void Add(Notification notification) => _waiting.Writer.TryWrite(notification);

    /// <summary>Has the channel tell them one after another, until there are no more or it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var notification in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            await _channel.TellAsync(notification, _settings(), cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the {Channel} for notifications does not keep up; dropped: {Text}")]
    private static partial void LogDropped(ILogger logger, string channel, string text);
}
