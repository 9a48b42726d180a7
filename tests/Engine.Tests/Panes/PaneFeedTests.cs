using System.Text;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Panes;

public sealed class PaneFeedTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task An_agent_on_screen_is_captured_at_once_and_after_every_change()
    {
        await using var source = new FakeSource();
        await using var feed = Create(source);
        feed.Watch([Fleet.Id("a")]);

        await WaitForAsync(feed, "first\n");
        source.Show("second\n");
        await WaitForAsync(feed, "second\n");
    }

    [Fact]
    public async Task A_stream_lingers_when_its_agent_leaves_the_screen_and_is_then_closed()
    {
        await using var source = new FakeSource();
        await using var feed = Create(source);
        feed.Watch([Fleet.Id("a")]);
        source.Show("second\n");
        await WaitForAsync(feed, "second\n");

        feed.Watch([]);
        _time.Advance(PaneFeed.Linger - TimeSpan.FromMilliseconds(1));
        Assert.False(source.Closed.Task.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await source.Closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.NotNull(feed.Latest(Fleet.Id("a")));
    }

    [Fact]
    public async Task An_agent_that_comes_back_in_time_keeps_its_stream()
    {
        await using var source = new FakeSource();
        await using var feed = Create(source);
        feed.Watch([Fleet.Id("a")]);
        source.Show("second\n");
        await WaitForAsync(feed, "second\n");

        feed.Watch([]);
        _time.Advance(PaneFeed.Linger / 2);
        feed.Watch([Fleet.Id("a")]);
        _time.Advance(PaneFeed.Linger * 2);
        source.Show("third\n");

        await WaitForAsync(feed, "third\n");
        Assert.Equal(1, source.Opened);
    }

    private PaneFeed Create(FakeSource source)
    {
        var registry = new SourceRegistry();
        registry.Replace([source]);
        return new PaneFeed(new FleetStore(_time), registry, _time);
    }

    private static async Task WaitForAsync(PaneFeed feed, string content)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        if (Shows())
        {
            return;
        }

        await foreach (var _ in feed.ReadChangesAsync(deadline.Token))
        {
            if (Shows())
            {
                return;
            }
        }

        bool Shows() => feed.Latest(Fleet.Id("a")) is { } capture && Encoding.UTF8.GetString(capture.Content.Span) == content;
    }
}
