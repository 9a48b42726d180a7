using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Reconciliation;

public sealed class MemoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ad-memory-").FullName;

    private EngineOptions Options => new()
    {
        JournalDirectory = Path.Combine(_folder, "journal"),
        CrashLoop = new CrashLoopLimits { FirstWait = TimeSpan.FromMilliseconds(1) },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_crash_loop_is_still_left_alone_by_the_next_engine()
    {
        await using var tmux = new TmuxFixture();
        var failing = Fleet.Spec("a", "exit 3") with { Restart = RestartPolicy.OnFailure };
        await using (var first = EngineHarness.Start(tmux, Options, failing))
        {
            await first.WaitForAsync("a", agent => agent.Upkeep.Quarantine is not null, "left alone");
        }

        await using var second = EngineHarness.Start(tmux, Options, failing);

        var held = await second.WaitForAsync("a", agent => agent is { Upkeep.Quarantine: not null, Status.Phase: AgentPhase.Failed }, "left alone still");
        Assert.Equal((AgentPhase.Failed, 4), (held.Status.Phase, held.Restarts));
        Assert.DoesNotContain(second.Engine.Store.RecentEvents, happened => happened is OperationFinished { Operator: "agentdeck" });
    }

    [Fact]
    public async Task A_stop_that_was_asked_for_is_carried_out_by_the_next_engine_although_nobody_waits_for_it()
    {
        await using var tmux = new TmuxFixture();
        var stubborn = Fleet.Spec("a", "trap '' INT; echo ready; while :; do sleep 0.1; done");
        await using (var first = EngineHarness.Start(tmux, Options, stubborn))
        {
            await first.WaitForAsync("a", AgentPhase.Running);
            await tmux.WaitForTextAsync("=a:", "ready");
            _ = first.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Stop(), CancellationToken.None);
            await first.WaitForAsync("a", agent => agent.Upkeep.Request is { InterruptedAt: not null }, "interrupted");
        }

        await using var second = EngineHarness.Start(tmux, Options, stubborn);

        var stopped = await second.WaitForAsync("a", AgentPhase.Stopped);
        Assert.Equal("StoppedOnRequest", stopped.Status.Reason);
        await second.WaitForAsync("a", agent => agent.Upkeep.Request is null, "done with");
    }

    [Fact]
    public async Task What_was_stopped_or_had_completed_stays_so_when_engine_and_server_are_gone_and_what_ran_runs_again()
    {
        await using var tmux = new TmuxFixture();
        ImmutableArray<AgentSpec> agents = [Fleet.Spec("stopped") with { Restart = RestartPolicy.Always }, Fleet.Spec("done", "true") with { Restart = RestartPolicy.OnFailure }, Fleet.Spec("runs") with { Restart = RestartPolicy.OnFailure }];
        await using (var first = EngineHarness.Start(tmux, Options, agents))
        {
            await first.WaitForAsync("stopped", AgentPhase.Running);
            await first.WaitForAsync("runs", AgentPhase.Running);
            await first.WaitForAsync("done", agent => agent.Upkeep.Phase == AgentPhase.Completed, "known to have completed");
            Assert.Equal(OperationOutcome.Succeeded, (await first.Engine.Operations.ExecuteAsync(Fleet.Id("stopped"), new SessionCommand.Stop(), CancellationToken.None)).Outcome);
        }

        await tmux.KillServerHardAsync();
        await using var second = EngineHarness.Start(tmux, Options, agents);

        await second.WaitForAsync("runs", agent => agent is { Status.Phase: AgentPhase.Running, Restarts: 1 }, "running again, and counted");
        Assert.Equal("StoppedOnRequest", (await second.WaitForAsync("stopped", AgentPhase.Stopped)).Status.Reason);
        Assert.Equal("EndedBefore", (await second.WaitForAsync("done", AgentPhase.Completed)).Status.Reason);
        Assert.Equal("runs\n", await tmux.RunAsync("list-sessions", "-F", "#{session_name}"));
    }

    [Fact]
    public async Task What_operators_did_while_no_engine_looked_holds_although_the_server_took_what_was_left_of_it()
    {
        await using var tmux = new TmuxFixture();
        ImmutableArray<AgentSpec> agents = [Fleet.Spec("stopped") with { Restart = RestartPolicy.Always }, Fleet.Spec("started") with { Restart = RestartPolicy.OnFailure }];
        await using (var first = EngineHarness.Start(tmux, Options, agents))
        {
            await first.WaitForAsync("stopped", AgentPhase.Running);
            await first.WaitForAsync("started", AgentPhase.Running);
            Assert.Equal(OperationOutcome.Succeeded, (await first.Engine.Operations.ExecuteAsync(Fleet.Id("started"), new SessionCommand.Stop(), CancellationToken.None)).Outcome);
        }

        await using (var hand = EngineHarness.Start(tmux, Options with { ObserveOnly = true }, agents))
        {
            await hand.WaitForAsync("stopped", AgentPhase.Running);
            await hand.WaitForAsync("started", AgentPhase.Stopped);
            Assert.Equal(OperationOutcome.Succeeded, (await hand.Engine.Operations.ExecuteAsync(Fleet.Id("stopped"), new SessionCommand.Stop(), CancellationToken.None)).Outcome);
            Assert.Equal(OperationOutcome.Succeeded, (await hand.Engine.Operations.ExecuteAsync(Fleet.Id("started"), new SessionCommand.Start(), CancellationToken.None)).Outcome);
        }

        await tmux.KillServerHardAsync();
        await using var second = EngineHarness.Start(tmux, Options, agents);

        await second.WaitForAsync("started", agent => agent is { Status.Phase: AgentPhase.Running, Restarts: 1 }, "running again, and counted");
        Assert.Equal("StoppedOnRequest", (await second.WaitForAsync("stopped", AgentPhase.Stopped)).Status.Reason);
        Assert.Equal("started\n", await tmux.RunAsync("list-sessions", "-F", "#{session_name}"));
    }

    [Theory]
    [InlineData(RequestKind.Stop, OperationOutcome.Succeeded, 1, AgentPhase.Stopped)]
    [InlineData(RequestKind.Stop, OperationOutcome.Succeeded, -1, AgentPhase.Running)]
    [InlineData(RequestKind.Stop, OperationOutcome.Failed, 1, AgentPhase.Running)]
    [InlineData(null, OperationOutcome.Succeeded, 1, AgentPhase.Running)]
    public void What_an_operator_did_is_remembered_unless_something_later_was_seen(RequestKind? asked, OperationOutcome outcome, int secondsLater, AgentPhase phase)
    {
        var ran = new AgentUpkeep { Phase = AgentPhase.Running, PhaseSince = Fleets.Now, LastStart = Fleets.Now };
        var done = new OperationFinished(0, Fleets.Now.AddSeconds(secondsLater), Fleet.Id("a"), "eve", "", outcome, "") { Asked = asked };

        Assert.Equal(phase, RememberedPhase.Of(RememberedPhase.After(ran, done))!.Value.Phase);
    }

    [Theory]
    [InlineData(RequestKind.Start, AgentPhase.Running)]
    [InlineData(RequestKind.Restart, AgentPhase.Running)]
    [InlineData(RequestKind.Stop, AgentPhase.Stopped)]
    public void An_agent_that_no_engine_ever_saw_is_remembered_as_an_operator_left_it(RequestKind asked, AgentPhase phase)
    {
        var done = new OperationFinished(0, Fleets.Now, Fleet.Id("a"), "eve", "", OperationOutcome.Succeeded, "") { Asked = asked };

        Assert.Equal(phase, RememberedPhase.Of(RememberedPhase.After(AgentUpkeep.None, done))!.Value.Phase);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stop_that_was_asked_for_holds_although_the_server_took_the_agent_first(bool engineEnds)
    {
        await using var tmux = new TmuxFixture();
        var stubborn = Fleet.Spec("a", "trap '' INT; echo ready; while :; do sleep 0.1; done") with { Restart = RestartPolicy.Always };
        await using var first = EngineHarness.Start(tmux, Options, stubborn);
        await first.WaitForAsync("a", AgentPhase.Running);
        await tmux.WaitForTextAsync("=a:", "ready");
        _ = first.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Stop(), CancellationToken.None);
        await first.WaitForAsync("a", agent => agent.Upkeep.Request is { InterruptedAt: not null }, "interrupted");
        if (engineEnds)
        {
            await first.DisposeAsync();
        }

        await tmux.KillServerHardAsync();
        await using var second = engineEnds ? EngineHarness.Start(tmux, Options, stubborn) : first;

        await second.WaitForAsync("a", agent => agent.Status.Phase == AgentPhase.Stopped
            && agent.Conditions.Any(condition => condition is { Type: ConditionTypes.Reconciled, Reason: "StoppedOnRequest" }), "left stopped");
        Assert.NotEqual(0, (await tmux.TryRunAsync("list-sessions")).ExitCode);
    }

    [Fact]
    public async Task A_second_engine_on_the_same_journal_says_who_keeps_the_agents_and_starts_none()
    {
        await using var tmux = new TmuxFixture();
        await using var first = EngineHarness.Start(tmux, Options);
        await using var second = EngineHarness.Start(tmux, Options, Fleet.Spec("a"));

        await second.WaitForAsync("a", agent => agent.Conditions.Any(condition => condition is { Type: ConditionTypes.Reconciled, Reason: "NotEnforced" }), "left alone");
        Assert.Contains($"process {Environment.ProcessId}", Assert.Single(second.Fleet.Problems).Text, StringComparison.Ordinal);

        Assert.Equal(OperationOutcome.Succeeded, (await second.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Start(), CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task A_second_engine_keeps_the_agents_when_the_first_has_ended()
    {
        await using var tmux = new TmuxFixture();
        await using var first = EngineHarness.Start(tmux, Options);
        await using var second = EngineHarness.Start(tmux, Options, Fleet.Spec("a"));
        await second.WaitForAsync("a", agent => agent.Conditions.Any(condition => condition is { Type: ConditionTypes.Reconciled, Reason: "NotEnforced" }), "left alone");
        Assert.Equal(AgentPhase.Pending, second.Fleet.Agents[Fleet.Id("a")].Status.Phase);

        await first.DisposeAsync();

        await second.WaitForAsync("a", AgentPhase.Running);
        await second.WaitAsync(fleet => fleet.Problems.IsEmpty, "nobody else to keep the agents");
        Assert.Contains(second.Engine.Store.RecentEvents, happened => happened is KeeperChanged changed && changed.Keeper.Contains($"process {Environment.ProcessId}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_takes_over_leaves_alone_what_the_first_left_alone()
    {
        await using var tmux = new TmuxFixture();
        var failing = Fleet.Spec("a", "exit 3") with { Restart = RestartPolicy.OnFailure };
        await using var first = EngineHarness.Start(tmux, Options, failing);
        await using var second = EngineHarness.Start(tmux, Options, failing);
        await first.WaitForAsync("a", agent => agent.Upkeep.Quarantine is not null, "left alone");
        await second.WaitForAsync("a", AgentPhase.Failed);

        await first.DisposeAsync();

        var held = await second.WaitForAsync("a", agent => agent.Upkeep.Quarantine is not null, "left alone still");
        Assert.Equal(4, held.Upkeep.Restarts);
        await second.WaitAsync(fleet => fleet.Problems.IsEmpty, "nobody else to keep the agents");
        Assert.DoesNotContain(second.Engine.Store.RecentEvents, happened => happened is OperationFinished { Operator: "agentdeck" });
    }

    [Fact]
    public async Task The_next_engine_shows_what_happened_before()
    {
        await using var tmux = new TmuxFixture();
        await using (var first = EngineHarness.Start(tmux, Options, Fleet.Spec("a")))
        {
            await first.WaitForAsync("a", AgentPhase.Running);
        }

        await using var second = EngineHarness.Start(tmux, Options, Fleet.Spec("a"));

        Assert.Contains(second.Engine.Store.PastEvents, happened => happened is PhaseChanged { To: AgentPhase.Running });
        Assert.Equal(0, second.Engine.Store.PastEvents[^1].Seq);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deck_that_may_write_nothing_shows_what_happened_before_while_another_keeps_the_journal_or_none_does(bool isKept)
    {
        await using var tmux = new TmuxFixture();
        var keeper = EngineHarness.Start(tmux, Options, Fleet.Spec("a"));
        await using var keeping = keeper;
        await keeper.WaitForAsync("a", AgentPhase.Running);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await foreach (var _ in new FleetHistory(Options.JournalDirectory!, TimeProvider.System).FollowAsync(0, deadline.Token).Where(happened => happened is PhaseChanged { To: AgentPhase.Running }))
        {
            break;
        }

        if (!isKept)
        {
            await keeper.DisposeAsync();
        }

        var files = Files();
        await using (var looking = EngineHarness.Start(tmux, Options with { ReadOnly = true }, Fleet.Spec("a")))
        {
            Assert.Contains(looking.Engine.Store.PastEvents, happened => happened is PhaseChanged { To: AgentPhase.Running });
            await looking.WaitForAsync("a", AgentPhase.Running);
        }

        Assert.Equal(files, Files());

        string[] Files() => [.. Directory.GetFileSystemEntries(Options.JournalDirectory!, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_deck_that_may_write_nothing_says_that_it_cannot_read_what_happened_before()
    {
        await using var tmux = new TmuxFixture();
        Directory.CreateDirectory(Path.Combine(Options.JournalDirectory!, "journal.jsonl"));

        await using var looking = EngineHarness.Start(tmux, Options with { ReadOnly = true });

        Assert.Empty(looking.Engine.Store.PastEvents);
        Assert.Contains("what happened before is not known: ", Assert.Single(looking.Fleet.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_operator_does_by_another_program_is_told_by_the_engine_that_writes()
    {
        await using var tmux = new TmuxFixture();
        await using var keeper = EngineHarness.Start(tmux, Options, Fleet.Spec("a"));
        await keeper.WaitForAsync("a", AgentPhase.Running);
        using var updates = keeper.Engine.Store.Subscribe();
        await using (var hand = EngineHarness.Start(tmux, Options with { ObserveOnly = true, OperatorName = "eve" }))
        {
            await hand.WaitForAsync("a", AgentPhase.Running);
            await hand.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Interrupt(), CancellationToken.None);
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await foreach (var update in updates.ReadAllAsync(deadline.Token))
        {
            if (update.Events.Any(happened => happened is OperationFinished { Operator: "eve", Operation: "interrupt" }))
            {
                break;
            }
        }

        await keeper.DisposeAsync();
        Assert.Single(new FleetHistory(Options.JournalDirectory!, TimeProvider.System).Read(), happened => happened is OperationFinished { Operator: "eve" });
    }

    [Fact]
    public async Task What_happened_and_where_agents_were_reached_is_written_down()
    {
        await using var tmux = new TmuxFixture();
        await using (var deck = EngineHarness.Start(tmux, Options with { OperatorName = "eve" }, Fleet.Spec("a")))
        {
            await deck.WaitForAsync("a", AgentPhase.Running);
            await deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Interrupt(), CancellationToken.None);
        }

        await using var journal = FileJournal.Open(Options.JournalDirectory!, "test", TimeProvider.System, () => 1, NullLogger.Instance);

        Assert.Contains(journal.Current.Events, happened => happened.Kind == nameof(PhaseChanged) && happened.Agent == Fleet.Id("a"));
        Assert.Contains(journal.Current.Events, happened => happened is { Kind: nameof(OperationFinished), By: "eve" });
        Assert.Equal(RouteKind.Local, journal.Current.Agents[Fleet.Id("a")].Route?.Kind);
    }
}
