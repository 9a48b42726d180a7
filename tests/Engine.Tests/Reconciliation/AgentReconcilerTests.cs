using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Tests.Panes;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Reconciliation;

public sealed class AgentReconcilerTests
{
    private static readonly AgentId A = Fleet.Id("a");
    private static readonly DateTimeOffset LongAgo = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    // As another engine left it: interrupted, and due to be killed.
    private static readonly AgentUpkeep Interrupted = AgentUpkeep.None with
    {
        Request = new OperatorRequest(RequestKind.Stop, "eve", LongAgo) { InterruptedAt = LongAgo },
    };

    private readonly FakeTimeProvider _time = new();
    private readonly PassingMemory _memory = new();
    private readonly RequestDesk _desk = new(_ => { });
    private readonly FleetStore _store;

    public AgentReconcilerTests() => _store = new FleetStore(_time);

    [Fact]
    public async Task What_vanished_before_its_stop_was_done_is_announced_anew_when_one_of_its_name_is_to_be_killed()
    {
        var source = new FakeSource();
        var reconciler = Reconciler(source);

        for (var run = 1; run <= 2; run++)
        {
            Show(Fleet.Agent("a"));
            _memory.Remember(A, Interrupted);
            await reconciler.ReconcileAsync(A, CancellationToken.None);
            Assert.Equal((run, run), (source.Announced, source.Killed));

            _store.Apply(edit => edit.Remove(A, "its session ended"));
            await reconciler.ReconcileAsync(A, CancellationToken.None);
        }
    }

    [Fact]
    public async Task An_end_that_is_refused_is_told_as_failed_and_what_was_announced_is_taken_back()
    {
        var source = new FakeSource { Killing = Task.FromException(new TransportException(TransportFault.Denied, "you may not delete pods")) };
        var reconciler = Reconciler(source);
        Show(Fleet.Agent("a"));
        _memory.Remember(A, Interrupted);
        var stop = _desk.SubmitAsync(A, RequestKind.Stop, "eve", CancellationToken.None);

        await reconciler.ReconcileAsync(A, CancellationToken.None);

        Assert.Equal(new OperationResult(OperationOutcome.Failed, "you may not delete pods"), await stop);
        Assert.Equal((1, 1, 1), (source.Announced, source.Killed, source.Withdrawn));
        Assert.Null(_memory.Recall(A).Request);
    }

    [Fact]
    public async Task What_is_gone_before_it_was_ended_has_ended()
    {
        var source = new FakeSource();
        var reconciler = Reconciler(source);
        Show(Fleet.Agent("a"));
        _memory.Remember(A, AgentUpkeep.None with { Request = new OperatorRequest(RequestKind.Stop, "eve", LongAgo) { InterruptedAt = _time.GetUtcNow() } });
        var stop = _desk.SubmitAsync(A, RequestKind.Stop, "eve", CancellationToken.None);
        await reconciler.ReconcileAsync(A, CancellationToken.None);
        Assert.False(stop.IsCompleted);

        _store.Apply(edit => edit.Remove(A, "its session ended"));
        await reconciler.ReconcileAsync(A, CancellationToken.None);

        Assert.Equal(new OperationResult(OperationOutcome.Succeeded, "stopped"), await stop);
        Assert.Equal((0, AgentUpkeep.None), (source.Killed, _memory.Recall(A)));
    }

    [Fact]
    public async Task What_is_stuck_is_said_in_time_although_nothing_changes()
    {
        var reconciler = Reconciler(new FakeSource());
        Show(Fleet.Agent("a", AgentPhase.Starting, spec: Fleet.Spec("a")));

        var due = await reconciler.ReconcileAsync(A, CancellationToken.None);
        Assert.Equal(TimeSpan.FromMinutes(5), due);
        Assert.DoesNotContain(_store.Current.Agents[A].Conditions, condition => condition.Type == ConditionTypes.Stuck);

        _time.Advance(due!.Value);
        Assert.Null(await reconciler.ReconcileAsync(A, CancellationToken.None));
        Assert.Contains(_store.Current.Agents[A].Conditions, condition => condition is { Type: ConditionTypes.Stuck, Reason: "StartingTooLong" });
    }

    private AgentReconciler Reconciler(FakeSource source)
    {
        var sources = new SourceRegistry();
        sources.Replace([source]);
        return new AgentReconciler(
            _store, sources, _memory, _desk, new StartSlots(1, _ => { }), new OnlyLooking(), new CrashLoopLimits(), _time, () => 0, NullLogger.Instance);
    }

    private void Show(Agent agent) => _store.Apply(edit =>
    {
        edit.SetSource(Fleet.Here);
        edit.Set(agent);
    });
}
