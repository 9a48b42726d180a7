using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Tests.Tmux;

public sealed class NotificationQueueTests
{
    private readonly NotificationQueue _queue = new();

    [Fact]
    public async Task Same_news_is_merged_to_the_newest_and_others_keep_their_order()
    {
        _queue.Add(new TmuxNotification.SubscriptionChanged("deck", "old"));
        _queue.Add(new TmuxNotification.SessionRenamed("$1", "one"));
        _queue.Add(new TmuxNotification.SessionRenamed("$2", "two"));
        _queue.Add(new TmuxNotification.SubscriptionChanged("deck", "new"));
        _queue.Complete();

        Assert.Equal(
            [
                new TmuxNotification.SessionRenamed("$1", "one"),
                new TmuxNotification.SessionRenamed("$2", "two"),
                new TmuxNotification.SubscriptionChanged("deck", "new"),
            ],
            await ReadAllAsync());
    }

    [Fact]
    public async Task Queue_that_nobody_reads_stays_bounded_and_asks_to_look_again()
    {
        for (var index = 0; index < NotificationQueue.Limit + 10; index++)
        {
            _queue.Add(new TmuxNotification.PaneModeChanged($"%{index}"));
        }

        _queue.Complete();
        var read = await ReadAllAsync();

        Assert.IsType<TmuxNotification.SessionsChanged>(read[0]);
        Assert.True(read.Count <= NotificationQueue.Limit);
        Assert.Equal(new TmuxNotification.PaneModeChanged($"%{NotificationQueue.Limit + 9}"), read[^1]);
    }

    [Fact]
    public async Task Reader_that_waits_gets_what_comes()
    {
        await using var reader = _queue.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        var waiting = reader.MoveNextAsync();

        _queue.Add(new TmuxNotification.SessionsChanged());

        Assert.True(await waiting.AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.IsType<TmuxNotification.SessionsChanged>(reader.Current);
    }

    private async Task<List<TmuxNotification>> ReadAllAsync()
    {
        var read = new List<TmuxNotification>();
        await foreach (var notification in _queue.ReadAsync(CancellationToken.None))
        {
            read.Add(notification);
        }

        return read;
    }
}
