using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Tests.Panes;
using AgentDeck.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Reconciliation;

public sealed class AgentReconcilerTests
{
    private static readonly DateTimeOffset LongAgo = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    // As another engine left it: interrupted, and due to be killed.
    private static readonly AgentUpkeep Interrupted = AgentUpkeep.None with
    {
        Request = new OperatorRequest(RequestKind.Stop, "eve", LongAgo) { InterruptedAt = LongAgo },
    };

    [Fact]
    public async Task What_vanished_before_its_stop_was_done_is_announced_anew_when_one_of_its_name_is_to_be_killed()
    {
        var (id, time, memory, source) = (Fleet.Id("a"), new FakeTimeProvider(), new PassingMemory(), new FakeSource());
        var store = new FleetStore(time);
        var sources = new SourceRegistry();
        sources.Replace([source]);
        var reconciler = new AgentReconciler(
            store, sources, memory, new RequestDesk(_ => { }), new StartSlots(1, _ => { }), new OnlyLooking(), new CrashLoopLimits(), time, () => 0, NullLogger.Instance);

        for (var run = 1; run <= 2; run++)
        {
            store.Apply(edit =>
            {
                edit.SetSource(Fleet.Here);
                edit.Set(Fleet.Agent("a"));
            });
            memory.Remember(id, Interrupted);
            await reconciler.ReconcileAsync(id, CancellationToken.None);
            Assert.Equal((run, run), (source.Announced, source.Killed));

            store.Apply(edit => edit.Remove(id, "its session ended"));
            await reconciler.ReconcileAsync(id, CancellationToken.None);
        }
    }
}
