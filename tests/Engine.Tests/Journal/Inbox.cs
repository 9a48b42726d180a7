using System.Threading.Channels;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Journal;

/// <summary>What another thread reports, in order.</summary>
internal sealed class Inbox<T>
{
    private readonly Channel<T> _items = Channel.CreateUnbounded<T>();

    public int Waiting => _items.Reader.Count;

    public void Add(T item) => _items.Writer.TryWrite(item);

    public ValueTask<T> NextAsync() => _items.Reader.ReadAsync();
}

/// <summary>Waits for what another thread does with the clock.</summary>
internal static class ClockExtensions
{
    /// <summary>Returns when a timer waits.</summary>
    public static async Task UntilTimerAsync(this FakeTimeProvider time)
    {
        var set = new Inbox<bool>();
        void Tell() => set.Add(true);
        time.TimerSet += Tell;
        while (time.PendingTimers == 0)
        {
            await set.NextAsync();
        }

        time.TimerSet -= Tell;
    }
}
