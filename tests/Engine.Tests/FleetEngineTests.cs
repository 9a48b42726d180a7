using AgentDeck.Engine.Domain;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests;

public sealed class FleetEngineTests
{
    [Fact]
    public async Task Sessions_are_discovered_with_what_they_do_and_followed_as_they_come_and_go()
    {
        await using var tmux = new TmuxFixture();
        await tmux.StartAsync("asks", "printf 'Deploy to production? [y/N] '; sleep 1000");
        await using var deck = EngineHarness.Start(tmux, new EngineOptions());

        var asks = await deck.WaitForAsync("asks", Activity.Waiting);
        Assert.Equal((AgentPhase.Running, "SessionAlive"), (asks.Status.Phase, asks.Status.Reason));
        Assert.Equal("yes-no: Deploy to production? [y/N]", asks.Status.ActivityReason);
        Assert.Equal("Deploy to production? [y/N]", asks.Status.LastLine);
        Assert.Equal(new Size(80, 24), asks.Status.WindowSize);
        Assert.NotNull(asks.Status.LastActivity);

        await tmux.StartAsync("works", "while :; do echo tick; sleep 0.2; done");
        await deck.WaitForAsync("works", Activity.Busy);
        await tmux.RunAsync("rename-session", "-t", "=works", "toils");
        await deck.WaitForAsync("toils", AgentPhase.Running);
        await tmux.RunAsync("kill-session", "-t", "=toils");
        var fleet = await deck.WaitAsync(fleet => fleet.Agents.Count == 1, "both names to be gone");
        Assert.Equal(SourceLink.Live, fleet.Sources[0].Link);
    }

    [Fact]
    public async Task A_server_that_does_not_run_is_an_empty_live_source_and_is_found_when_it_starts()
    {
        await using var tmux = new TmuxFixture();
        await using var deck = EngineHarness.Start(tmux, new EngineOptions());

        Assert.True(await deck.Engine.WaitUntilSettledAsync(TimeSpan.FromSeconds(30), CancellationToken.None));
        Assert.Equal(SourceLink.Live, deck.Fleet.Sources[0].Link);
        Assert.Empty(deck.Fleet.Agents);

        await tmux.StartAsync("late", "sleep 1000");
        await deck.WaitForAsync("late", AgentPhase.Running);

        // Each start is a moment in which a client that attaches too soon would crash the server.
        for (var round = 0; round < 10; round++)
        {
            await tmux.RunAsync("kill-server");
            await deck.WaitAsync(fleet => fleet.Agents.Count == 0, "the session to be gone");
            await tmux.StartAsync("late", "sleep 1000");
            await deck.WaitForAsync("late", AgentPhase.Running);
        }
    }

    [Fact]
    public async Task Declared_agents_are_started_and_their_ends_are_told_apart()
    {
        await using var tmux = new TmuxFixture();
        await using var deck = EngineHarness.Start(
            tmux,
            new EngineOptions(),
            Fleet.Spec("runs") with { Environment = Fleet.Spec("runs").Environment.Add("GREETING", "it's \"me\"; #{host}"), Command = "echo $GREETING; sleep 1000" },
            Fleet.Spec("done", "exit 0"),
            Fleet.Spec("broken", $"echo oops; until [ -e '{tmux.Folder}/seen' ]; do sleep 0.05; done; exit 3"),
            Fleet.Spec("off", desired: DesiredState.Stopped),
            Fleet.Spec("lost") with { Directory = "/no/such/folder" });

        await deck.WaitForAsync("runs", AgentPhase.Running);
        Assert.Contains("it's \"me\"; #{host}", await tmux.WaitForTextAsync("=runs:", "it's"), StringComparison.Ordinal);
        Assert.Equal(0, (await deck.WaitForAsync("done", AgentPhase.Completed)).Status.ExitCode);

        // tmux 3.3a at times loses what a program prints right before its end.
        await tmux.WaitForTextAsync("=broken:", "oops");
        await File.WriteAllTextAsync(Path.Combine(tmux.Folder, "seen"), "");
        var broken = await deck.WaitForAsync("broken", agent => agent.Status is { Phase: AgentPhase.Failed, LastLine: "oops" }, "failed with its last line");
        Assert.Equal((3, "ExitedWithError"), (broken.Status.ExitCode, broken.Status.Reason));
        Assert.Equal("NeverStarted", (await deck.WaitForAsync("off", AgentPhase.Stopped)).Status.Reason);
        var lost = await deck.WaitForAsync("lost", AgentPhase.Failed);
        Assert.Contains("/no/such/folder", lost.Status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_starts_nothing()
    {
        await using var tmux = new TmuxFixture();
        await using var deck = EngineHarness.Start(tmux, new EngineOptions { ObserveOnly = true }, Fleet.Spec("wanted"));

        Assert.True(await deck.Engine.WaitUntilSettledAsync(TimeSpan.FromSeconds(30), CancellationToken.None));

        Assert.Equal((AgentPhase.Pending, "NotStarted"), (deck.Fleet.Agents[Fleet.Id("wanted")].Status.Phase, deck.Fleet.Agents[Fleet.Id("wanted")].Status.Reason));
        Assert.NotEqual(0, (await tmux.TryRunAsync("-N", "list-sessions")).ExitCode);
    }

    [Fact]
    public async Task Two_decks_that_start_at_once_start_each_agent_once()
    {
        await using var tmux = new TmuxFixture();
        var specs = Enumerable.Range(0, 6).Select(index => Fleet.Spec($"a{index}", "echo started >>$LOG; sleep 1000") with
        {
            Environment = Fleet.Spec("x").Environment.Add("LOG", Path.Combine(tmux.Folder, $"log{index}")),
        }).ToArray();
        await using var one = EngineHarness.Start(tmux, new EngineOptions(), [.. specs]);
        await using var two = EngineHarness.Start(tmux, new EngineOptions(), [.. specs]);

        foreach (var deck in new[] { one, two })
        {
            await deck.WaitAsync(fleet => fleet.Agents.Count == 6 && fleet.Agents.Values.All(agent => agent.Status.Phase == AgentPhase.Running), "all to run");
        }

        for (var index = 0; index < 6; index++)
        {
            var log = Path.Combine(tmux.Folder, $"log{index}");
            Assert.Equal("started\n", await tmux.WaitAsync(() => Task.FromResult(File.Exists(log) ? File.ReadAllText(log) : ""), text => text.Length > 0, log));
        }
    }

    [Fact]
    public async Task A_stop_is_seen_as_wanted_by_every_deck_and_the_agent_starts_again()
    {
        await using var tmux = new TmuxFixture();
        await using var deck = EngineHarness.Start(tmux, new EngineOptions { OperatorName = "eve" }, Fleet.Spec("a", "echo up; sleep 1000"));
        await using var other = EngineHarness.Start(tmux, new EngineOptions { ObserveOnly = true }, Fleet.Spec("a", "echo up; sleep 1000"));
        await deck.WaitForAsync("a", AgentPhase.Running);
        await other.WaitForAsync("a", AgentPhase.Running);

        var stopped = await deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Stop(), CancellationToken.None);

        Assert.Equal(new OperationResult(OperationOutcome.Succeeded, "stopped"), stopped);
        Assert.Equal("StoppedOnRequest", (await deck.WaitForAsync("a", AgentPhase.Stopped)).Status.Reason);
        Assert.Equal("StoppedOnRequest", (await other.WaitForAsync("a", AgentPhase.Stopped)).Status.Reason);
        var recorded = deck.Engine.Store.RecentEvents.OfType<OperationFinished>().Single(done => done.Operator != "agentdeck");
        Assert.Equal(("eve", "stop", OperationOutcome.Succeeded), (recorded.Operator, recorded.Operation, recorded.Outcome));

        var started = await deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Start(), CancellationToken.None);
        Assert.Equal(new OperationResult(OperationOutcome.Succeeded, "started"), started);
        Assert.Equal(1, (await deck.WaitForAsync("a", AgentPhase.Running)).Restarts);
        await other.WaitForAsync("a", AgentPhase.Running);
    }

    [Fact]
    public async Task An_agent_that_ignores_its_interrupt_key_is_killed_and_keeps_its_last_screen()
    {
        await using var tmux = new TmuxFixture();
        var time = new FakeTimeProvider();
        await using var deck = EngineHarness.Start(tmux, new EngineOptions { TimeProvider = time }, Fleet.Spec("a", "trap '' INT; echo ready; while :; do read line; done"));
        var running = deck.WaitForAsync("a", AgentPhase.Running);
        await tmux.WaitAsync(
            () =>
            {
                // A link that is lost while the server comes up is opened again after a wait, by this clock too.
                time.Advance(TimeSpan.FromMilliseconds(20));
                return Task.FromResult(running);
            },
            task => task.IsCompleted,
            "the start");
        await running;
        await tmux.WaitForTextAsync("=a:", "ready");

        var stop = deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Stop(), CancellationToken.None);
        await deck.WaitForAsync("a", AgentPhase.Stopping);
        var stopped = await tmux.WaitAsync(
            async () =>
            {
                // Once it is dead the deck has all the time of the world to see it.
                if (await tmux.RunAsync("display-message", "-p", "-t", "=a:", "#{pane_dead}") == "0\n")
                {
                    time.Advance(TimeSpan.FromSeconds(0.2));
                }

                return stop;
            },
            task => task.IsCompleted,
            "the stop");

        Assert.StartsWith("stopped after its grace period", (await stopped).Message, StringComparison.Ordinal);
        Assert.Equal("StoppedOnRequest", (await deck.WaitForAsync("a", AgentPhase.Stopped)).Status.Reason);
        Assert.Equal("1", (await tmux.RunAsync("display-message", "-p", "-t", "=a:", "#{pane_dead}")).Trim());
    }

    [Fact]
    public async Task A_stop_that_a_short_command_gives_up_leaves_no_mark_and_the_agent_running()
    {
        await using var tmux = new TmuxFixture();
        await using var deck = EngineHarness.Start(tmux, new EngineOptions(), Fleet.Spec("a", "trap '' INT; echo ready; while :; do read line; done"));
        await deck.WaitForAsync("a", AgentPhase.Running);
        await tmux.WaitForTextAsync("=a:", "ready");
        using var giveUp = new CancellationTokenSource();

        var stop = deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Stop(), giveUp.Token);
        await deck.WaitForAsync("a", AgentPhase.Stopping);
        Assert.Contains("@agentdeck_stop 1", await tmux.RunAsync("show-options", "-t", "=a:"), StringComparison.Ordinal);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stop);
        await deck.DisposeAsync();

        Assert.Equal("0", (await tmux.RunAsync("display-message", "-p", "-t", "=a:", "#{pane_dead}")).Trim());
        Assert.DoesNotContain("@agentdeck_stop", await tmux.RunAsync("show-options", "-t", "=a:"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declared_agent_is_its_own_pane_whatever_a_person_opens_beside_it()
    {
        await using var tmux = new TmuxFixture();
        await using var deck = EngineHarness.Start(tmux, new EngineOptions(), Fleet.Spec("a", "stty -echo; while read line; do echo \"got $line\"; done"));
        await deck.WaitForAsync("a", AgentPhase.Running);
        await tmux.RunAsync("split-window", "-t", "=a:", "--", "cat");
        var window = (await tmux.RunAsync("new-window", "-P", "-F", "#{pane_id}", "-t", "=a:", "--", "cat")).Trim();
        await tmux.WaitAsync(() => tmux.RunAsync("display-message", "-p", "-t", "=a:", "#{pane_id}"), pane => pane.Trim() == window, "the other window");

        var nudged = await deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Nudge("on", Force: true), CancellationToken.None);
        Assert.Equal(new OperationResult(OperationOutcome.Succeeded, "delivered"), nudged);
        await tmux.WaitForTextAsync("%0", "got on");
        Assert.Equal("", (await tmux.ScreenAsync(window)).Trim());

        var stopped = await deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Stop(), CancellationToken.None);
        Assert.Equal(OperationOutcome.Succeeded, stopped.Outcome);
        Assert.Equal("%0 1\n%1 0\n%2 0\n", await tmux.RunAsync("list-panes", "-s", "-t", "=a:", "-F", "#{pane_id} #{pane_dead}"));
        Assert.Equal(AgentPhase.Stopped, (await deck.WaitForAsync("a", AgentPhase.Stopped)).Status.Phase);
    }

    [Fact]
    public async Task A_source_that_fell_over_does_not_look_live_after_a_reload()
    {
        await using var tmux = new TmuxFixture();

        // Nobody listens behind it, so the next try is planned; and planning it fails, as a fault of ours would.
        await File.WriteAllTextAsync(tmux.Socket, "");
        await using var deck = EngineHarness.Start(tmux, new EngineOptions { Jitter = () => throw new InvalidOperationException("our fault") });
        await deck.WaitAsync(fleet => fleet.Sources is [{ Link: SourceLink.Unreachable }], "the source to fall over");

        await deck.Engine.ReconfigureAsync(EngineHarness.Configuration(tmux.Socket, Fleet.Spec("b")), [], CancellationToken.None);

        Assert.Equal(SourceLink.Unreachable, deck.Fleet.Sources[0].Link);
        Assert.Contains("our fault", deck.Fleet.Sources[0].Error, StringComparison.Ordinal);
        Assert.Equal(AgentPhase.Unknown, deck.Fleet.Agents[Fleet.Id("b")].Status.Phase);
    }

    [Fact]
    public async Task A_killed_server_fails_its_declared_agents_and_forgets_the_others()
    {
        await using var tmux = new TmuxFixture();
        await using var deck = EngineHarness.Start(tmux, new EngineOptions(), Fleet.Spec("declared"));
        await deck.WaitForAsync("declared", AgentPhase.Running);
        await tmux.StartAsync("discovered", "sleep 1000");
        await deck.WaitForAsync("discovered", AgentPhase.Running);

        await tmux.KillServerHardAsync();

        Assert.Equal("ServerGone", (await deck.WaitForAsync("declared", AgentPhase.Failed)).Status.Reason);
        await deck.WaitAsync(fleet => fleet.Agents.Count == 1 && fleet.Sources[0].Link == SourceLink.Live, "the discovered one to be gone");

        await tmux.StartAsync("next", "sleep 1000");
        await deck.WaitForAsync("next", AgentPhase.Running);

        // A start asked for brings the agent back.
        var started = await deck.Engine.Operations.ExecuteAsync(Fleet.Id("declared"), new SessionCommand.Start(), CancellationToken.None);
        Assert.Equal(new OperationResult(OperationOutcome.Succeeded, "started"), started);
    }

    [Fact]
    public async Task Keys_and_nudges_reach_the_agent_in_order_and_its_pane_follows()
    {
        await using var tmux = new TmuxFixture();
        await tmux.StartAsync("echo", "stty -echo; while read line; do echo \"got $line\"; done");
        await using var deck = EngineHarness.Start(tmux, new EngineOptions { Redact = text => text.Replace("s3cret", "***", StringComparison.Ordinal) });
        await deck.WaitForAsync("echo", AgentPhase.Running);
        var id = Fleet.Id("echo");
        deck.Engine.Panes.Watch([id]);

        var typed = "hello world".Select(letter => deck.Engine.Operations.ExecuteAsync(
            id, new SessionCommand.SendKeys([new AgentKey(letter.ToString(), IsLiteral: true)]), CancellationToken.None)).ToList();
        typed.Add(deck.Engine.Operations.ExecuteAsync(id, new SessionCommand.SendKeys([new AgentKey("Enter", IsLiteral: false)]), CancellationToken.None));
        Assert.All(await Task.WhenAll(typed), result => Assert.Equal(OperationOutcome.Succeeded, result.Outcome));
        var capture = await deck.WaitForPaneAsync("echo", "got hello world");
        Assert.Equal(new Size(80, 24), capture.Metadata.Size);

        await deck.Engine.Operations.ExecuteAsync(id, new SessionCommand.Nudge("s3cret plan", Force: true), CancellationToken.None);
        await deck.WaitForPaneAsync("echo", "got s3cret plan");
        var recorded = deck.Engine.Store.RecentEvents.OfType<OperationFinished>().Single();
        Assert.Equal("nudge: *** plan", recorded.Operation);
    }

    [Fact]
    public async Task A_read_only_engine_refuses_every_operation()
    {
        await using var tmux = new TmuxFixture();
        await tmux.StartAsync("a", "sleep 1000");
        await using var deck = EngineHarness.Start(tmux, new EngineOptions { ReadOnly = true });
        await deck.WaitForAsync("a", AgentPhase.Running);

        var result = await deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Interrupt(), CancellationToken.None);

        Assert.Equal(new OperationResult(OperationOutcome.Refused, "the deck is read-only"), result);
    }

    [Fact]
    public async Task A_changed_configuration_starts_what_is_new_and_leaves_what_was_removed_running()
    {
        await using var tmux = new TmuxFixture();
        await using var deck = EngineHarness.Start(tmux, new EngineOptions(), Fleet.Spec("a"));
        await deck.WaitForAsync("a", AgentPhase.Running);

        await deck.Engine.ReconfigureAsync(EngineHarness.Configuration(tmux.Socket, Fleet.Spec("b")), [], CancellationToken.None);

        await deck.WaitForAsync("b", AgentPhase.Running);
        var a = await deck.WaitForAsync("a", AgentPhase.Running);
        Assert.Null(a.Spec);

        await deck.Engine.ReconfigureAsync(
            EngineHarness.Configuration(tmux.Socket) with { Sources = [new Engine.Configuration.LocalSourceSpec("there", tmux.Socket)] }, [], CancellationToken.None);
        var fleet = await deck.WaitAsync(fleet => fleet.Agents.Count == 2 && fleet.Agents.Keys.All(id => id.Source == "there"), "the sessions under the new source's name");
        Assert.Equal("there", Assert.Single(fleet.Sources).Name);
    }

    [Fact]
    public async Task An_idle_fleet_makes_no_updates()
    {
        await using var tmux = new TmuxFixture();
        await tmux.StartAsync("quiet", "sleep 1000");
        await using var deck = EngineHarness.Start(tmux, new EngineOptions());
        await deck.WaitForAsync("quiet", Activity.Idle);
        var version = deck.Fleet.Version;

        // Three more sessions come: the evidence that the source went on working while the quiet one changed nothing.
        await tmux.StartAsync("other", "sleep 1000");
        await deck.WaitForAsync("other", Activity.Idle);

        Assert.True(deck.Fleet.Version <= version + 4, $"{deck.Fleet.Version - version} versions for one session that came and fell quiet");
    }

    [Fact]
    public async Task Every_end_of_a_declared_agent_is_told_with_its_code()
    {
        await using var tmux = new TmuxFixture();
        var specs = Enumerable.Range(0, 20).Select(index => Fleet.Spec($"a{index:00}", $"exit {index}")).ToArray();
        await using var deck = EngineHarness.Start(tmux, new EngineOptions(), [.. specs, Fleet.Spec("killed", "kill -KILL $$")]);

        for (var index = 0; index < specs.Length; index++)
        {
            var agent = await deck.WaitForAsync($"a{index:00}", agent => agent.Status.Phase is AgentPhase.Completed or AgentPhase.Failed, "ended");
            Assert.Equal((index, index == 0 ? AgentPhase.Completed : AgentPhase.Failed), (agent.Status.ExitCode, agent.Status.Phase));
        }

        Assert.Equal("KilledBySignal", (await deck.WaitForAsync("killed", AgentPhase.Failed)).Status.Reason);
    }

    [Fact]
    public async Task Two_decks_that_restart_an_ended_agent_at_once_start_it_once()
    {
        await using var tmux = new TmuxFixture();
        var log = Path.Combine(tmux.Folder, "log");
        var go = Path.Combine(tmux.Folder, "go");
        var spec = Fleet.Spec("a", $"[ -e '{go}' ] || exit 1; echo started >>'{log}'; sleep 1000");
        await using var one = EngineHarness.Start(tmux, new EngineOptions(), spec);
        await using var two = EngineHarness.Start(tmux, new EngineOptions(), spec);
        await one.WaitForAsync("a", AgentPhase.Failed);
        await two.WaitForAsync("a", AgentPhase.Failed);
        await File.WriteAllTextAsync(go, "");

        var results = await Task.WhenAll(new[] { one, two }.Select(deck =>
            deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Restart(), CancellationToken.None)));

        Assert.All(results, result => Assert.Equal(new OperationResult(OperationOutcome.Succeeded, "restarted"), result));
        await tmux.WaitAsync(() => Task.FromResult(File.Exists(log)), isThere => isThere, log);
        Assert.Equal("started\n", await File.ReadAllTextAsync(log));
    }

    [Theory]
    [InlineData("two  words 'single' \"double\" `id` ;")]
    [InlineData("-t = @1 %2 #{pid} #(id) {a,b} ~ * [x]")]
    [InlineData("émoji 👩‍💻 界 e\u0301")]
    public async Task A_declared_agent_of_a_strange_name_is_started_found_and_reached(string name)
    {
        await using var tmux = new TmuxFixture();
        await using var deck = EngineHarness.Start(tmux, new EngineOptions(), Fleet.Spec(name, "stty -echo; while read line; do echo \"got $line\"; done"));
        await deck.WaitForAsync(name, AgentPhase.Running);
        deck.Engine.Panes.Watch([Fleet.Id(name)]);

        var nudged = await deck.Engine.Operations.ExecuteAsync(Fleet.Id(name), new SessionCommand.Nudge("on", Force: true), CancellationToken.None);

        Assert.Equal(OperationOutcome.Succeeded, nudged.Outcome);
        await deck.WaitForPaneAsync(name, "got on");
        Assert.Single(deck.Fleet.Agents);
    }

    [Fact]
    public async Task Hostile_session_names_are_shown_plainly_and_hide_no_neighbour()
    {
        await using var tmux = new TmuxFixture();
        string[] names = ["\u001b]0;owned\u0007", "$HOME", "a\tb\nc", "\u202eflipped", "x\u200b", "x\u200c", "x"];
        foreach (var name in names)
        {
            await tmux.StartAsync(name, "sleep 1000");
        }

        await using var deck = EngineHarness.Start(tmux, new EngineOptions());
        var fleet = await deck.WaitAsync(fleet => fleet.Agents.Count == names.Length, "all to be listed");

        Assert.All(fleet.Agents.Keys, id => Assert.DoesNotContain(id.Name, letter => char.IsControl(letter) || letter is '\u202e' or '\u200b' or '\u200c'));
    }
}
