using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Sources.Pods;

public sealed class PodTurnsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Turns_are_taken_one_after_the_other_in_order()
    {
        var turns = new PodTurns(_time);
        var first = await turns.TakeAsync(CancellationToken.None);
        var second = turns.TakeAsync(CancellationToken.None);
        var third = turns.TakeAsync(CancellationToken.None);
        Assert.False(second.IsCompleted);

        first.Dispose();
        var turn = await second;
        Assert.False(third.IsCompleted);
        turn.Dispose();

        (await third).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_waiting_neither_takes_the_turn_nor_lets_others_pass()
    {
        var turns = new PodTurns(_time);
        var first = await turns.TakeAsync(CancellationToken.None);
        using var impatient = new CancellationTokenSource();
        var second = turns.TakeAsync(impatient.Token);
        var third = turns.TakeAsync(CancellationToken.None);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(third.IsCompleted);

        first.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task A_holder_that_hangs_is_not_waited_for_for_ever()
    {
        var turns = new PodTurns(_time);
        await turns.TakeAsync(CancellationToken.None);
        var second = turns.TakeAsync(CancellationToken.None);

        _time.Advance(PodTurns.Patience);
        (await second).Dispose();

        (await turns.TakeAsync(CancellationToken.None)).Dispose();
    }
}
