using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Tests.Panes;
using AgentDeck.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Reconciliation;

public sealed class ReconcileLoopTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Who_rests_waits_for_the_step_that_is_under_way_but_not_longer_than_it_has_patience()
    {
        var (time, memory, ended) = (new FakeTimeProvider(), new PassingMemory(), new TaskCompletionSource());
        var (store, sources, source) = (new FleetStore(time), new SourceRegistry(), new FakeSource { Killing = ended.Task });
        sources.Replace([source]);
        memory.Remember(Fleet.Id("a"), AgentUpkeep.None with { Request = new OperatorRequest(RequestKind.Stop, "eve", DateTimeOffset.UnixEpoch) { InterruptedAt = DateTimeOffset.UnixEpoch } });
        store.Apply(edit =>
        {
            edit.SetSource(Fleet.Here);
            edit.Set(Fleet.Agent("a"));
        });
        using var loop = new ReconcileLoop(
            store,
            memory,
            (desk, again) => new AgentReconciler(store, sources, memory, desk, new StartSlots(again), new OnlyLooking(), new CrashLoopLimits(), time, () => 0, NullLogger.Instance),
            time,
            () => 0,
            NullLogger.Instance);
        using var end = new CancellationTokenSource();
        var running = loop.RunAsync(end.Token);
        await source.KillBegan.Task.WaitAsync(Deadline);

        var resting = loop.RestAsync(TimeSpan.FromSeconds(5));
        while (time.PendingTimers == 0)
        {
            await Task.Yield();
        }

        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(resting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(await resting.WaitAsync(Deadline));

        ended.SetResult();
        Assert.True(await loop.RestAsync(TimeSpan.FromSeconds(5)).WaitAsync(Deadline));
        Assert.NotNull(memory.Recall(Fleet.Id("a")).Request!.KilledAt);
        await end.CancelAsync();
        await running.WaitAsync(Deadline);
    }
}
