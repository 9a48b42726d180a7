namespace AgentDeck.Engine.Notifications;

/// <summary>A memory that ends with the engine; bounded, the oldest are forgotten.</summary>
internal sealed class PassingNotificationMemory : INotificationMemory
{
    /// <summary>How many transitions are remembered.</summary>
    internal const int Limit = 10_000;

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <inheritdoc/>
    public bool IsOurs => true;

    /// <inheritdoc/>
    public ValueTask<bool> TryAddAsync(Notification notification, CancellationToken cancellationToken) => ValueTask.FromResult(TryAdd(notification.Key));

    private bool TryAdd(string key)
    {
        if (!_keys.Add(key))
        {
            return false;
        }

        _order.Enqueue(key);
        if (_order.Count > Limit)
        {
            _keys.Remove(_order.Dequeue());
        }

        return true;
    }
}
