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

    [Fact]
    public async Task A_start_in_the_midst_of_which_the_mandate_ends_is_broken_off_and_counts_for_nothing()
    {
        using var term = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = new FakeSource
        {
            Starts = async cancellationToken =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
            },
        };
        var reconciler = Reconciler(source, new Term(term.Token));
        Show(Fleet.Agent("a", AgentPhase.Pending) with { Spec = Fleet.Spec("a") });

        var pass = reconciler.ReconcileAsync(A, CancellationToken.None);
        await begun.Task;
        await term.CancelAsync();
        await pass;

        var upkeep = _memory.Recall(A);
        Assert.Equal((null, null, 0, 0), (upkeep.LastStart, upkeep.NextStart, upkeep.RapidEnds, upkeep.EarlyEnds));
        Assert.DoesNotContain(_store.RecentEvents, happened => happened is OperationFinished);

        // Whoever leads now does the rest.
        await reconciler.ReconcileAsync(A, CancellationToken.None);
        Assert.Contains(_store.Current.Agents[A].Conditions, condition => condition is { Type: ConditionTypes.Reconciled, Reason: "NotEnforced" });
    }

    private AgentReconciler Reconciler(FakeSource source, IEnforcement? enforcement = null)
    {
        var sources = new SourceRegistry();
        sources.Replace([source]);
        return new AgentReconciler(
            _store, sources, _memory, _desk, new StartSlots(_ => { }), enforcement ?? new OnlyLooking(), new CrashLoopLimits(), _time, () => 0, NullLogger.Instance);
    }

    private void Show(Agent agent) => _store.Apply(edit =>
    {
        edit.SetSource(Fleet.Here);
        edit.Set(agent);
    });

    private sealed class Term(CancellationToken mandate) : IEnforcement
    {
        public string? WhyNot(AgentId agent) => mandate.IsCancellationRequested ? "another leads" : null;

        public CancellationToken Mandate(AgentId agent) => mandate;
    }
}
