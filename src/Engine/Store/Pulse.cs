using System.Threading.Channels;

namespace AgentDeck.Engine.Store;

/// <summary>A wake-up with room for one: setting it many times before the reader looks wakes the reader once. For one reader at a time.</summary>
internal sealed class Pulse
{
    private readonly Channel<bool> _slot = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes the reader, now or when it next waits. Safe from any thread; does nothing after <see cref="Complete"/>.</summary>
    public void Set() => _slot.Writer.TryWrite(true);

    /// <summary>Ends all waiting for good.</summary>
    public void Complete() => _slot.Writer.TryComplete();

    /// <summary>Waits for the next <see cref="Set"/>; false once completed and drained.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken) =>
        await _slot.Reader.WaitToReadAsync(cancellationToken) && _slot.Reader.TryRead(out _);
}
