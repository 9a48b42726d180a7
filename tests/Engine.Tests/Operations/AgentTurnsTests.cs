using AgentDeck.Engine.Operations;

namespace AgentDeck.Engine.Tests.Operations;

public sealed class AgentTurnsTests
{
    private readonly AgentTurns _turns = new();

    [Fact]
    public async Task Work_on_one_agent_is_done_in_the_order_it_was_asked_for()
    {
        var gate = new TaskCompletionSource();
        var done = new List<int>();
        var work = Enumerable.Range(0, 20).Select(number => _turns.RunAsync(Fleet.Id("a"), () => DoAsync(number), CancellationToken.None)).ToList();

        gate.SetResult();
        await Task.WhenAll(work);

        Assert.Equal(Enumerable.Range(0, 20), done);

        async Task<int> DoAsync(int number)
        {
            await gate.Task;
            await Task.Yield();
            done.Add(number);
            return number;
        }
    }

    [Fact]
    public async Task Agents_do_not_wait_for_each_other()
    {
        var never = new TaskCompletionSource<int>();
        var stuck = _turns.RunAsync(Fleet.Id("a"), () => never.Task, CancellationToken.None);

        Assert.Equal(2, await _turns.RunAsync(Fleet.Id("b"), () => Task.FromResult(2), CancellationToken.None));

        never.SetResult(1);
        Assert.Equal(1, await stuck);
    }

    [Fact]
    public async Task Who_gives_up_while_waiting_does_not_let_later_work_pass_the_earlier()
    {
        var first = new TaskCompletionSource<int>();
        using var impatient = new CancellationTokenSource();
        var running = _turns.RunAsync(Fleet.Id("a"), () => first.Task, CancellationToken.None);
        var givenUp = _turns.RunAsync(Fleet.Id("a"), () => Task.FromResult(2), impatient.Token);
        var third = _turns.RunAsync(Fleet.Id("a"), () => Task.FromResult(3), CancellationToken.None);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        Assert.False(third.IsCompleted);

        first.SetResult(1);
        Assert.Equal(3, await third);
        Assert.Equal(1, await running);
    }

    [Fact]
    public async Task Work_that_fails_does_not_stop_what_follows()
    {
        var failing = _turns.RunAsync<int>(Fleet.Id("a"), () => throw new InvalidOperationException("boom"), CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal(2, await _turns.RunAsync(Fleet.Id("a"), () => Task.FromResult(2), CancellationToken.None));
    }
}
