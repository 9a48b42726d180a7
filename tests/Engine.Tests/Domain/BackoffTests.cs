using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tests.Domain;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);

    [Fact]
    public void Waits_double_up_to_half_a_minute_and_begin_again_after_a_success()
    {
        var backoff = new Backoff(() => 1, First);

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 8).Select(_ => backoff.Next().TotalSeconds));
        backoff.Reset();
        Assert.True(backoff.IsFresh);
        Assert.Equal(First, backoff.Next());
    }

    [Fact]
    public void A_wait_may_be_limited_once()
    {
        var backoff = new Backoff(() => 1, First);

        Assert.Equal([0.5, 1, 2, 3, 3], Enumerable.Range(0, 5).Select(_ => backoff.Next(TimeSpan.FromSeconds(3)).TotalSeconds));
        Assert.Equal(16, backoff.Next().TotalSeconds);
    }

    [Fact]
    public void Jitter_spreads_a_wait_over_its_upper_half() =>
        Assert.Equal(0.25, new Backoff(() => 0, First).Next().TotalSeconds);
}
