namespace AgentDeck.Engine.Sources.Pods;

/// <summary>The right to keep one stream open, until it is given back or taken away.</summary>
internal sealed class StreamSlot(string uid, Action<StreamSlot> release) : IDisposable
{
    private readonly CancellationTokenSource _evicted = new();

    /// <summary>Whose it is.</summary>
    public string Uid => uid;

    /// <summary>Cancelled when somebody with a better claim took the slot.</summary>
    public CancellationToken Evicted => _evicted.Token;

    /// <summary>Takes the slot away.</summary>
    public void Evict() => _evicted.Cancel();

    /// <summary>Gives the slot back.</summary>
    public void Dispose() => release(this);
}
