using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Sources.Pods;

/// <summary>Who may ask a pod next, and how many may in a second.</summary>
public sealed class ExecTurnsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Only_so_many_ask_at_once_and_the_next_comes_when_one_is_done()
    {
        using var turns = new ExecTurns(_time, hasLimit: false);
        var taken = Enumerable.Range(0, ExecTurns.AtOnce).Select(index => Take(turns, $"p{index}")).ToList();
        await Task.WhenAll(taken);
        var next = Take(turns, "next");
        Assert.False(next.IsCompleted);

        var first = await taken[0];
        first.Dispose();
        first.Dispose();

        await next;
        Assert.False(Take(turns, "last").IsCompleted);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public async Task After_a_burst_so_many_ask_in_a_second_however_many_wait(int pods)
    {
        using var turns = new ExecTurns(_time, hasLimit: true);
        var asked = 0;
        var asking = Task.WhenAll(Enumerable.Range(0, pods).Select(async index =>
        {
            using var turn = await Take(turns, $"p{index}");
            Interlocked.Increment(ref asked);
        }));

        for (var second = 0; second <= 60; second++)
        {
            var expected = ExecTurns.Burst + (second * ExecTurns.PerSecond);
            await UntilAsync(() => Volatile.Read(ref asked) >= expected);
            Assert.Equal(expected, Volatile.Read(ref asked));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False(asking.IsCompleted);
    }

    [Fact]
    public async Task Those_on_screen_come_first_and_then_those_never_asked()
    {
        using var turns = await Exhausted();
        List<string> order = [];
        List<Task> asking = [
            AskAsync("again", ExecRank.Again),
            AskAsync("again, too", ExecRank.Again),
            AskAsync("new", ExecRank.NeverAsked),
            AskAsync("on screen", ExecRank.OnScreen),
            AskAsync("comes on screen", ExecRank.Again),
        ];
        turns.Prefer("comes on screen");
        turns.Prefer("does not wait");

        for (var turn = 1; turn <= asking.Count; turn++)
        {
            _time.Advance(TimeSpan.FromSeconds(1.0 / ExecTurns.PerSecond));
            await UntilAsync(() => asking.Count(task => task.IsCompleted) == turn);
        }

        Assert.Equal(["on screen", "comes on screen", "new", "again", "again, too"], order);

        async Task AskAsync(string uid, ExecRank rank)
        {
            using var turn = await turns.TakeAsync(uid, rank, CancellationToken.None);
            order.Add(uid);
        }
    }

    [Fact]
    public async Task A_contact_that_was_found_again_gives_another_burst_but_not_time_and_again()
    {
        using var turns = await Exhausted();
        turns.Renew();
        var next = Take(turns, "next");
        Assert.False(next.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(1.0 / ExecTurns.PerSecond));
        (await next).Dispose();
        _time.Advance(ExecTurns.BetweenBursts);
        await ExhaustAsync(turns);
        turns.Renew();
        await ExhaustAsync(turns);
        turns.Renew();
        Assert.False(Take(turns, "last").IsCompleted);
    }

    [Fact]
    public async Task Whoever_leaves_the_line_takes_no_turn_even_if_its_pod_waits_anew()
    {
        using var turns = await Exhausted();
        using var leaving = new CancellationTokenSource();
        var old = turns.TakeAsync("p", ExecRank.Again, leaving.Token);
        var anew = Take(turns, "p");

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => old);
        _time.Advance(TimeSpan.FromSeconds(1.0 / ExecTurns.PerSecond));

        await anew;
    }

    [Fact]
    public async Task Those_who_ask_each_pod_only_once_wait_for_no_clock()
    {
        using var turns = new ExecTurns(_time, hasLimit: false);

        for (var index = 0; index < 2 * ExecTurns.Burst; index++)
        {
            (await Take(turns, $"p{index}")).Dispose();
        }
    }

    private static Task<IDisposable> Take(ExecTurns turns, string uid) => turns.TakeAsync(uid, ExecRank.NeverAsked, CancellationToken.None);

    private async Task<ExecTurns> Exhausted()
    {
        var turns = new ExecTurns(_time, hasLimit: true);
        await ExhaustAsync(turns);
        return turns;
    }

    private static async Task ExhaustAsync(ExecTurns turns)
    {
        for (var index = 0; index < ExecTurns.Burst; index++)
        {
            (await Take(turns, $"burst-{index}")).Dispose();
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        while (!holds())
        {
            await looks.WaitForNextTickAsync(deadline.Token);
        }
    }
}
