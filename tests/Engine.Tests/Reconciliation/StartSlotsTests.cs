using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Reconciliation;

namespace AgentDeck.Engine.Tests.Reconciliation;

public sealed class StartSlotsTests
{
    private const int Limit = 2;

    private readonly List<string> _again = [];
    private readonly StartSlots _slots;

    public StartSlotsTests() => _slots = new StartSlots(agent => _again.Add(agent.Name));

    [Fact]
    public void So_many_start_at_once_and_the_others_are_told_in_order_when_there_is_room()
    {
        Assert.Equal([true, true, false, false, false], new[] { "a", "b", "c", "c", "d" }.Select(name => _slots.TryTake(Fleet.Id(name), Limit)));
        Assert.Empty(_again);

        _slots.Release(Fleet.Id("a"));
        Assert.Equal(["c"], _again);
        _slots.Release(Fleet.Id("b"));
        Assert.Equal(["c", "d"], _again);

        Assert.True(_slots.TryTake(Fleet.Id("d"), Limit));
        Assert.True(_slots.TryTake(Fleet.Id("c"), Limit));
        Assert.False(_slots.TryTake(Fleet.Id("e"), Limit));
    }

    [Fact]
    public void A_source_that_is_slow_takes_no_room_from_another()
    {
        Assert.True(_slots.TryTake(Fleet.Id("a"), Limit));
        Assert.True(_slots.TryTake(Fleet.Id("b"), Limit));

        Assert.True(_slots.TryTake(new AgentId("there", "", "a"), Limit));
    }
}
