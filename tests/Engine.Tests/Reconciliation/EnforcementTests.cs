using AgentDeck.Engine.Domain;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Reconciliation;

public sealed class EnforcementTests
{
    private static readonly EngineOptions Quick = new() { CrashLoop = new CrashLoopLimits { FirstWait = TimeSpan.FromMilliseconds(1) } };

    private static AgentSpec Kept(string command) => Fleet.Spec("a", command) with { Restart = RestartPolicy.OnFailure };

    [Fact]
    public async Task An_agent_that_is_killed_behind_the_decks_back_comes_back_and_says_why()
    {
        await using var tmux = new TmuxFixture();
        await using var deck = EngineHarness.Start(tmux, Quick, Kept("echo up; exec sleep 1000"));
        await deck.WaitForAsync("a", AgentPhase.Running);
        var first = await PaneProcessAsync(tmux);

        await tmux.RunAsync("run-shell", $"kill -9 {first}");

        await deck.WaitForAsync("a", agent => agent is { Restarts: 1, Status.Phase: AgentPhase.Running }, "running again");
        Assert.NotEqual(first, await PaneProcessAsync(tmux));
        var again = deck.Engine.Store.RecentEvents.OfType<OperationFinished>().Last();
        Assert.Equal(("agentdeck", "start again", "it had failed"), (again.Operator, again.Operation, again.Detail));
        await deck.WaitForAsync("a", agent => Reconciled(agent) is { Status: ConditionStatus.True, Reason: "AsDeclared" }, "as declared");
    }

    [Fact]
    public async Task An_agent_that_keeps_ending_is_left_alone_until_somebody_starts_it()
    {
        await using var tmux = new TmuxFixture();
        var allowed = Path.Combine(Path.GetDirectoryName(tmux.Socket)!, "allowed");
        await using var deck = EngineHarness.Start(tmux, Quick, Kept($"test -e {allowed} && exec sleep 1000; exit 3"));

        var held = await deck.WaitForAsync("a", agent => agent.Upkeep.Quarantine is not null, "left alone");
        Assert.Equal((4, "it ended 5 times in a row within 30 s"), (held.Restarts, held.Upkeep.Quarantine!.Reason));
        Assert.Equal(3, held.Status.ExitCode);
        Assert.Contains(deck.Engine.Store.RecentEvents, happened => happened is AgentQuarantined { Until: not null });

        await File.WriteAllTextAsync(allowed, "");
        var started = await deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Start(), CancellationToken.None);

        Assert.Equal(new OperationResult(OperationOutcome.Succeeded, "started"), started);
        await deck.WaitForAsync("a", agent => agent is { Upkeep.Quarantine: null, Status.Phase: AgentPhase.Running }, "running and forgiven");
    }

    [Fact]
    public async Task A_start_that_is_pressed_while_it_stops_ends_running()
    {
        await using var tmux = new TmuxFixture();
        await using var deck = EngineHarness.Start(tmux, Quick, Kept("trap 'sleep 0.2; exit 0' INT; echo ready; while :; do sleep 0.05; done"));
        await deck.WaitForAsync("a", AgentPhase.Running);
        await tmux.WaitForTextAsync("=a:", "ready");
        var first = await PaneProcessAsync(tmux);

        var stop = deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Stop(), CancellationToken.None);
        await deck.WaitForAsync("a", AgentPhase.Stopping);
        var start = deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Start(), CancellationToken.None);

        Assert.Equal(OperationOutcome.Failed, (await stop).Outcome);
        Assert.Equal(OperationOutcome.Succeeded, (await start).Outcome);
        await deck.WaitForAsync("a", AgentPhase.Running);
        Assert.NotEqual(first, await PaneProcessAsync(tmux));
    }

    [Fact]
    public async Task An_agent_that_somebody_stopped_stays_stopped_though_it_is_declared_to_run()
    {
        await using var tmux = new TmuxFixture();
        await using var deck = EngineHarness.Start(tmux, Quick, Kept("exec sleep 1000") with { Restart = RestartPolicy.Always });
        await deck.WaitForAsync("a", AgentPhase.Running);

        await deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Stop(), CancellationToken.None);

        var stopped = await deck.WaitForAsync("a", agent => Reconciled(agent) is { Reason: "StoppedOnRequest" }, "left stopped");
        Assert.Equal((AgentPhase.Stopped, 0), (stopped.Status.Phase, stopped.Restarts));
    }

    [Fact]
    public async Task A_declaration_that_is_changed_to_stopped_stops_it_and_a_changed_command_is_told()
    {
        await using var tmux = new TmuxFixture();
        await using var deck = EngineHarness.Start(tmux, Quick, Kept("exec sleep 1000"));
        await deck.WaitForAsync("a", agent => Reconciled(agent) is { Reason: "AsDeclared" }, "as declared");

        await deck.Engine.ReconfigureAsync(EngineHarness.Configuration(tmux.Socket, Kept("exec sleep 2000")), [], CancellationToken.None);
        await deck.WaitForAsync("a", Drifted, "drifted");

        await deck.Engine.ReconfigureAsync(EngineHarness.Configuration(tmux.Socket, Kept("exec sleep 2000") with { Desired = DesiredState.Stopped }), [], CancellationToken.None);
        await deck.WaitForAsync("a", AgentPhase.Stopped);
    }

    [Fact]
    public async Task What_an_agent_was_started_from_is_known_to_later_engines_too()
    {
        await using var tmux = new TmuxFixture();
        await using (var first = EngineHarness.Start(tmux, Quick, Kept("exec sleep 1000")))
        {
            await first.WaitForAsync("a", AgentPhase.Running);
        }

        await using var same = EngineHarness.Start(tmux, Quick, Kept("exec sleep 1000"));
        await same.WaitForAsync("a", agent => Reconciled(agent) is { Reason: "AsDeclared" }, "as declared");
        await using var changed = EngineHarness.Start(tmux, Quick, Kept("exec sleep 2000"));
        await changed.WaitForAsync("a", agent => Drifted(agent) && Reconciled(agent) is { Reason: "Drifted" }, "drifted");

        var restarted = await changed.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Restart(), CancellationToken.None);

        Assert.Equal(OperationOutcome.Succeeded, restarted.Outcome);
        await changed.WaitForAsync("a", agent => !Drifted(agent) && Reconciled(agent) is { Reason: "AsDeclared" }, "as declared");
        await same.WaitForAsync("a", Drifted, "drifted for who declares it as it was");
    }

    [Fact]
    public async Task A_changed_declaration_is_applied_by_itself_once_the_agent_rests()
    {
        await using var tmux = new TmuxFixture();
        var quiet = Path.Combine(Path.GetDirectoryName(tmux.Socket)!, "quiet");
        var working = Kept($"i=0; while [ ! -e {quiet} ]; do i=$((i+1)); echo step $i; sleep 0.1; done; exec sleep 1000") with { Apply = ApplyPolicy.Auto };
        await using var deck = EngineHarness.Start(tmux, Quick, working);
        await deck.WaitForAsync("a", Activity.Busy);
        var first = await PaneProcessAsync(tmux);

        await deck.Engine.ReconfigureAsync(EngineHarness.Configuration(tmux.Socket, working with { Command = "echo anew; exec sleep 1000" }), [], CancellationToken.None);
        await deck.WaitForAsync("a", agent => Drifted(agent) && Reconciled(agent) is { Reason: "WaitsUntilIdle" }, "waiting");
        Assert.Equal(first, await PaneProcessAsync(tmux));

        await File.WriteAllTextAsync(quiet, "");
        await deck.WaitForAsync("a", agent => !Drifted(agent) && agent.Upkeep.Request is null && Reconciled(agent) is { Reason: "AsDeclared" }, "as declared");
        Assert.NotEqual(first, await PaneProcessAsync(tmux));
        await tmux.WaitForTextAsync("=a:", "anew");
        Assert.Contains(
            deck.Engine.Store.RecentEvents,
            happened => happened is OperationFinished { Operator: "agents.toml", Operation: "restart", Outcome: OperationOutcome.Succeeded });
    }

    [Fact]
    public async Task An_engine_that_only_looks_leaves_what_ended()
    {
        await using var tmux = new TmuxFixture();
        await using var keeper = EngineHarness.Start(tmux, Quick, Fleet.Spec("a", "exec sleep 1000"));
        await using var looker = EngineHarness.Start(tmux, Quick with { ObserveOnly = true }, Kept("exec sleep 1000"));
        await keeper.WaitForAsync("a", AgentPhase.Running);
        await looker.WaitForAsync("a", AgentPhase.Running);

        await tmux.RunAsync("run-shell", $"kill -9 {await PaneProcessAsync(tmux)}");

        await looker.WaitForAsync("a", agent => agent.Status.Phase == AgentPhase.Failed && Reconciled(agent) is { Reason: "NotEnforced" }, "left alone");
    }

    private static bool Drifted(Agent agent) => agent.Conditions.Any(condition => condition is { Type: ConditionTypes.Drifted, Status: ConditionStatus.True });

    private static Condition? Reconciled(Agent agent) => agent.Conditions.FirstOrDefault(condition => condition.Type == ConditionTypes.Reconciled);

    private static async Task<string> PaneProcessAsync(TmuxFixture tmux) => (await tmux.RunAsync("display-message", "-p", "-t", "=a:", "#{pane_pid}")).Trim();
}
