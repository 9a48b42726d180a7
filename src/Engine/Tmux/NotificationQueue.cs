using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AgentDeck.Engine.Tmux;

/// <summary>
/// Hands notifications to one reader and never grows: those that say the same while the reader is away are merged to the
/// newest.
/// </summary>
internal sealed class NotificationQueue
{
    /// <summary>How many notifications wait at most; beyond it the oldest are dropped and <see cref="TmuxNotification.SessionsChanged"/> makes the reader look again.</summary>
    public const int Limit = 4096;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<object, TmuxNotification> _waiting = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Adds a notification. Safe from any thread.</summary>
    public void Add(TmuxNotification notification)
    {
        lock (_gate)
        {
            var key = KeyOf(notification);

            // The newest goes to the end, so that the order of the last words is kept.
            _waiting.Remove(key);
            if (_waiting.Count >= Limit)
            {
                _waiting.Clear();
                _waiting.Add(typeof(TmuxNotification.SessionsChanged), new TmuxNotification.SessionsChanged());
            }

            _waiting[key] = notification;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Ends the reader once it has taken what waits.</summary>
    public void Complete() => _signal.Writer.TryComplete();

    /// <summary>Reads until <see cref="Complete"/>. One reader at a time.</summary>
    public async IAsyncEnumerable<TmuxNotification> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _signal.Reader.WaitToReadAsync(cancellationToken))
        {
            _signal.Reader.TryRead(out _);
            while (Take() is { } notification)
            {
                yield return notification;
            }
        }

        while (Take() is { } notification)
        {
            yield return notification;
        }
    }

    private TmuxNotification? Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                return null;
            }

            var first = _waiting.GetAt(0).Value;
            _waiting.RemoveAt(0);
            return first;
        }
    }

    private static object KeyOf(TmuxNotification notification) => notification switch
    {
        TmuxNotification.SubscriptionChanged changed => (typeof(TmuxNotification.SubscriptionChanged), changed.Name),
        TmuxNotification.SessionRenamed renamed => (typeof(TmuxNotification.SessionRenamed), renamed.SessionId),
        TmuxNotification.Unknown unknown => (typeof(TmuxNotification.Unknown), unknown.Name),
        TmuxNotification.SessionsChanged or TmuxNotification.SessionChanged or TmuxNotification.Exited => notification.GetType(),
        TmuxNotification.Output or TmuxNotification.SessionWindowChanged or TmuxNotification.WindowPaneChanged
            or TmuxNotification.LayoutChanged or TmuxNotification.PaneModeChanged => notification,
        _ => throw new ArgumentOutOfRangeException(nameof(notification), notification, "unknown notification"),
    };
}
