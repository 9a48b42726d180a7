using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Reconciliation;

namespace AgentDeck.Engine.Tests.Reconciliation;

public sealed class RequestDeskTests
{
    private static readonly AgentId Agent = Fleet.Id("a");
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private readonly RequestDesk _desk = new(_ => { });

    [Theory]
    [InlineData(RequestKind.Start, RequestKind.Stop, RequestKind.Stop)]
    [InlineData(RequestKind.Start, RequestKind.Restart, RequestKind.Restart)]
    [InlineData(RequestKind.Restart, RequestKind.Stop, RequestKind.Stop)]
    [InlineData(RequestKind.Restart, RequestKind.Start, RequestKind.Restart)]
    [InlineData(RequestKind.Stop, RequestKind.Restart, RequestKind.Restart)]
    [InlineData(RequestKind.Stop, RequestKind.Start, RequestKind.Restart)]
    public void A_later_request_changes_the_one_under_way_and_keeps_how_far_it_got(RequestKind first, RequestKind then, RequestKind result)
    {
        var under = new OperatorRequest(first, "eve", Now) { InterruptedAt = first == RequestKind.Start ? null : Now };

        var merged = RequestRules.Merge(under, then, "bob", Now);

        Assert.Equal(result, merged.Kind);
        Assert.Equal(under.InterruptedAt, merged.InterruptedAt);
    }

    [Fact]
    public async Task Two_who_ask_for_the_same_get_the_same_answer()
    {
        var first = _desk.SubmitAsync(Agent, RequestKind.Stop, "eve", CancellationToken.None);
        var second = _desk.SubmitAsync(Agent, RequestKind.Stop, "bob", CancellationToken.None);

        Assert.Equal("eve", _desk.Take(Agent, null, Now)!.By);
        _desk.Answer(Agent, new OperationResult(OperationOutcome.Succeeded, "stopped"));

        Assert.Equal(await first, await second);
        Assert.False(_desk.Concerns(Agent));
    }

    [Fact]
    public async Task Who_wanted_a_stop_is_told_when_somebody_then_wants_it_to_run()
    {
        var stop = _desk.SubmitAsync(Agent, RequestKind.Stop, "eve", CancellationToken.None);
        var request = _desk.Take(Agent, null, Now)! with { InterruptedAt = Now };
        var start = _desk.SubmitAsync(Agent, RequestKind.Start, "bob", CancellationToken.None);

        request = _desk.Take(Agent, request, Now);

        Assert.Equal(RequestKind.Restart, request!.Kind);
        Assert.Equal(new OperationResult(OperationOutcome.Failed, "bob asked for a restart meanwhile"), await stop);
        Assert.False(start.IsCompleted);
    }

    [Fact]
    public async Task A_start_that_takes_long_is_broken_off_when_somebody_wants_an_end()
    {
        var began = new TaskCompletionSource();
        var running = _desk.RunStartAsync(
            Agent,
            async token =>
            {
                began.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            },
            CancellationToken.None);
        await began.Task;

        _ = _desk.SubmitAsync(Agent, RequestKind.Stop, "eve", CancellationToken.None);

        Assert.False(await running);
        Assert.False(await _desk.RunStartAsync(Agent, _ => throw new InvalidOperationException("started though a stop waits"), CancellationToken.None));
    }
}
