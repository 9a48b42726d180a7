using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;

namespace AgentDeck.Engine.Tests.Panes;

public sealed class PaneCacheTests
{
    private readonly PaneCache _cache = new();

    [Fact]
    public void A_capture_that_shows_the_same_is_no_new_version()
    {
        Assert.True(_cache.Put(Capture("a", "one\n")));
        var first = _cache.Find(Fleet.Id("a"))!.Version;

        Assert.False(_cache.Put(Capture("a", "one\n")));
        Assert.True(_cache.Put(Capture("a", "two\n")));

        Assert.True(_cache.Find(Fleet.Id("a"))!.Version > first);
    }

    [Fact]
    public void Captures_of_agents_on_screen_stay_and_the_oldest_of_the_others_go()
    {
        _cache.Show([Fleet.Id("shown")]);
        _cache.Put(Capture("shown", "x\n"));
        for (var index = 0; index <= PaneCache.HiddenLimit; index++)
        {
            _cache.Put(Capture($"{index}", "x\n"));
        }

        Assert.NotNull(_cache.Find(Fleet.Id("shown")));
        Assert.Null(_cache.Find(Fleet.Id("0")));
        Assert.NotNull(_cache.Find(Fleet.Id("1")));
    }

    [Fact]
    public void An_agent_that_left_the_screen_counts_as_the_most_recent_of_the_others()
    {
        _cache.Show([Fleet.Id("shown")]);
        _cache.Put(Capture("shown", "x\n"));
        for (var index = 0; index < PaneCache.HiddenLimit; index++)
        {
            _cache.Put(Capture($"{index}", "x\n"));
        }

        _cache.Show([]);

        Assert.NotNull(_cache.Find(Fleet.Id("shown")));
        Assert.Null(_cache.Find(Fleet.Id("0")));
    }

    private static PaneCapture Capture(string name, string content) =>
        new(
            Fleet.Id(name),
            0,
            PaneContentKind.Screen,
            DateTimeOffset.UnixEpoch,
            System.Text.Encoding.UTF8.GetBytes(content),
            new PaneMetadata { PaneId = "%1", Size = new Size(80, 24) });
}
