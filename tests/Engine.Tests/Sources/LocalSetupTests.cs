using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Tmux;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Sources;

public sealed class LocalSetupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-setup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Everything_that_is_declared_around_a_start_is_done_in_order_where_the_agent_is()
    {
        await using var tmux = new TmuxFixture();
        Write("token", "s3cret value\n");
        Write("given/sub/note", "staged");
        Write("setup.sh", "cat sub/note > scripted\ntmux send-keys \"set up by script\" Enter\n");
        var spec = Agent("cat sub/note prepared; echo; echo \"token $TOKEN\"; exec cat") with
        {
            Environment = ImmutableDictionary<string, string>.Empty.Add("PLAIN", "plain"),
            Setup = new AgentSetup
            {
                SecretFiles = ImmutableDictionary<string, string>.Empty.Add("TOKEN", At("token")),
                Stage = [new StagedFile(At("given"), "")],
                // In the nearest folder that is there: the agent's own is only made by the copy.
                PreStart = ["echo \"$PLAIN $TOKEN ${TMUX-outside}\" > prepared", "cat sub/note >> prepared"],
                SessionSetup = ["tmux set-option @made \"$PLAIN\"", "tmux display-message -p '#{session_name} #{@made}' > seen"],
                SessionSetupScript = At("setup.sh"),
            },
        };
        await using var deck = EngineHarness.Start(tmux, new EngineOptions(), spec);

        await deck.WaitForAsync("a", AgentPhase.Running);
        await tmux.WaitForTextAsync("=a:", "set up by script");

        var screen = await tmux.WaitForTextAsync("=a:", "token s3cret value");
        Assert.Contains("staged", screen, StringComparison.Ordinal);
        Assert.Equal("plain s3cret value outside\nstaged", await File.ReadAllTextAsync(At("work/prepared")));
        Assert.Equal("a plain\n", await File.ReadAllTextAsync(At("work/seen")));
        Assert.Equal("staged", await File.ReadAllTextAsync(At("work/scripted")));
        await deck.WaitForAsync("a", agent => agent.Status.Phase == AgentPhase.Running && Prepared(agent) is null, "prepared");
    }

    [Fact]
    public async Task A_pre_start_may_make_the_directory_and_when_one_fails_the_agent_is_not_started_and_says_why()
    {
        await using var tmux = new TmuxFixture();
        var spec = Agent("pwd; exec cat") with { Desired = DesiredState.Stopped, Setup = new AgentSetup { PreStart = [$"mkdir -p {At("work")}", "test -e ready || { echo no such thing >&2; exit 3; }"] } };
        await using var deck = EngineHarness.Start(tmux, new EngineOptions(), spec);
        await deck.WaitForAsync("a", AgentPhase.Stopped);

        var refused = await deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Start(), CancellationToken.None);

        Assert.Equal(new OperationResult(OperationOutcome.Failed, "pre_start 2 failed: exit code 3: no such thing"), refused);
        var failed = await deck.WaitForAsync("a", AgentPhase.Failed);
        Assert.Equal(("StartFailed", refused.Message), (failed.Status.Reason, failed.Status.Message));
        Assert.NotEqual(0, (await tmux.TryRunAsync("has-session", "-t", "=a")).ExitCode);

        Write("work/ready", "");
        Assert.Equal(OperationOutcome.Succeeded, (await deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Start(), CancellationToken.None)).Outcome);
        await tmux.WaitForTextAsync("=a:", "/work");
    }

    [Fact]
    public async Task What_fails_after_the_start_is_a_warning_that_hides_secrets_and_outlives_the_deck_until_the_next_start()
    {
        await using var tmux = new TmuxFixture();
        Directory.CreateDirectory(At("work"));
        Write("token", "hunter2hunter2");
        var spec = Agent("exec cat") with
        {
            Setup = new AgentSetup
            {
                SecretFiles = ImmutableDictionary<string, string>.Empty.Add("TOKEN", At("token")),
                Stage = [new StagedFile(At("nothing"), "")],
                SessionSetup = ["echo \"refused: $TOKEN\" >&2; exit 4"],
            },
        };
        const string Setup = "session_setup 1 failed: exit code 4: refused: …";
        await using (var deck = EngineHarness.Start(tmux, new EngineOptions(), spec))
        {
            var warned = await deck.WaitForAsync("a", agent => Prepared(agent)?.Message.Contains(Setup, StringComparison.Ordinal) == true, "warned");
            Assert.Equal(AgentPhase.Running, warned.Status.Phase);
            Assert.Contains("nothing is not there", Prepared(warned)!.Message, StringComparison.Ordinal);
        }

        await using var next = EngineHarness.Start(tmux, new EngineOptions(), spec);
        await next.WaitForAsync("a", agent => Prepared(agent)?.Message.Contains(Setup, StringComparison.Ordinal) == true, "warned still");

        await next.Engine.ReconfigureAsync(EngineHarness.Configuration(tmux.Socket, spec with { Setup = AgentSetup.None }), [], CancellationToken.None);
        Assert.Equal(OperationOutcome.Succeeded, (await next.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Restart(), CancellationToken.None)).Outcome);
        await next.WaitForAsync("a", agent => agent.Status.Phase == AgentPhase.Running && Prepared(agent) is null, "prepared");
    }

    [Fact]
    public async Task A_start_whose_set_up_was_broken_off_is_finished_by_the_next_engine_and_the_agent_is_not_started_again()
    {
        await using var tmux = new TmuxFixture();
        Directory.CreateDirectory(At("work"));
        // Each line may take ten seconds, so the first engine has a minute to end within.
        var line = $"echo tried >> {At("tries")}; [ -e {At("let-go")} ] || exec sleep 600";
        var spec = Agent($"echo begun >> {At("starts")}; exec cat") with
        {
            Setup = new AgentSetup { Stage = [new StagedFile(At("nothing"), "")], SessionSetup = [line, line, line, line, line, line, $"touch {At("done")}"] },
        };
        await using (var first = EngineHarness.Start(tmux, new EngineOptions(), spec))
        {
            await tmux.WaitAsync(() => Task.FromResult(File.Exists(At("tries"))), begun => begun, "the set-up");
            var starting = await first.WaitForAsync("a", agent => agent.Status.Reason == "SettingUp", "set up");
            Assert.Equal(AgentPhase.Starting, starting.Status.Phase);
        }

        Assert.Equal("pending", (await tmux.RunAsync("show-options", "-v", "-t", "=a:", SetUpMark.Option)).Trim());
        Write("let-go", "");
        await using var second = EngineHarness.Start(tmux, new EngineOptions(), spec);
        var agent = await second.WaitForAsync("a", AgentPhase.Running);

        Assert.True(File.Exists(At("done")));
        Assert.Equal("begun\n", await File.ReadAllTextAsync(At("starts")));
        Assert.Contains("nothing is not there", Prepared(agent)!.Message, StringComparison.Ordinal);
        Assert.Equal(SetUpMark.Done, (await tmux.RunAsync("show-options", "-v", "-t", "=a:", SetUpMark.Option)).Trim());
    }

    [Fact]
    public async Task An_unfinished_start_takes_keys_and_is_gone_on_with_by_hand_or_stopped()
    {
        await using var tmux = new TmuxFixture();
        Directory.CreateDirectory(At("work"));
        await LeaveUnfinishedAsync(tmux, "a");
        await LeaveUnfinishedAsync(tmux, "b");
        var spec = Agent("exec false") with { Desired = DesiredState.Stopped, Setup = new AgentSetup { SessionSetup = [$"touch {At("done")}"] } };
        await using var deck = EngineHarness.Start(tmux, new EngineOptions(), spec, spec with { Name = "b" });
        var operations = deck.Engine.Operations;
        var agent = await deck.WaitForAsync("a", AgentPhase.Starting);

        Assert.Equal(("StartUnfinished", "its session lives, and its start is not finished"), (agent.Status.Reason, agent.Status.Message));
        Assert.Null(SessionRules.WhyNoAttach(agent, AccessLimits.None));
        Assert.Equal(OperationOutcome.Succeeded, (await operations.ExecuteAsync(agent.Id, new SessionCommand.SendKeys([new AgentKey("typed", IsLiteral: true)]), CancellationToken.None)).Outcome);
        await tmux.WaitForTextAsync("=a:", "typed");
        Assert.False(File.Exists(At("done")));

        Assert.Equal(OperationOutcome.Succeeded, (await operations.ExecuteAsync(agent.Id, new SessionCommand.Start(), CancellationToken.None)).Outcome);
        await deck.WaitForAsync("a", AgentPhase.Running);
        Assert.True(File.Exists(At("done")));
        Assert.Contains("typed", await tmux.ScreenAsync("=a:"), StringComparison.Ordinal);

        Assert.Equal(OperationOutcome.Succeeded, (await operations.ExecuteAsync(Fleet.Id("b"), new SessionCommand.Stop(), CancellationToken.None)).Outcome);
        await deck.WaitForAsync("b", AgentPhase.Stopped);
    }

    [Fact]
    public async Task A_start_that_another_deck_finishes_is_seen_without_asking()
    {
        await using var tmux = new TmuxFixture();
        await LeaveUnfinishedAsync(tmux, "a");
        await using var deck = EngineHarness.Start(tmux, new EngineOptions { ObserveOnly = true }, Agent("exec cat"));
        await deck.WaitForAsync("a", agent => agent.Status.Reason == "StartUnfinished", "unfinished");

        await tmux.RunAsync("set-option", "-t", "=a:", SetUpMark.Option, SetUpMark.Done);

        await deck.WaitForAsync("a", AgentPhase.Running);
    }

    [Fact]
    public async Task A_start_that_takes_too_long_says_at_which_step()
    {
        await using var tmux = new TmuxFixture();
        Directory.CreateDirectory(At("work"));
        var spec = Agent("exec cat") with { Desired = DesiredState.Stopped, Setup = new AgentSetup { PreStart = ["true", "exec sleep 600"], StartupTimeout = TimeSpan.FromSeconds(2) } };
        await using var deck = EngineHarness.Start(tmux, new EngineOptions(), spec);
        await deck.WaitForAsync("a", AgentPhase.Stopped);

        var result = await deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Start(), CancellationToken.None);

        Assert.Equal(new OperationResult(OperationOutcome.Failed, "it did not start within 2 s; the last step was pre_start 2"), result);
    }

    [Fact]
    public async Task A_secret_that_cannot_be_read_is_named_by_its_variable_and_its_file()
    {
        await using var tmux = new TmuxFixture();
        Directory.CreateDirectory(At("work"));
        var spec = Agent("exec cat") with { Desired = DesiredState.Stopped, Setup = new AgentSetup { SecretFiles = ImmutableDictionary<string, string>.Empty.Add("TOKEN", At("nowhere")) } };
        await using var deck = EngineHarness.Start(tmux, new EngineOptions(), spec);
        await deck.WaitForAsync("a", AgentPhase.Stopped);

        var result = await deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Start(), CancellationToken.None);

        Assert.Equal(OperationOutcome.Failed, result.Outcome);
        Assert.StartsWith($"the file {At("nowhere")}, which holds the value of TOKEN, cannot be used: ", result.Message, StringComparison.Ordinal);
    }

    // As an engine leaves it that was killed in the midst of its set-up.
    private static async Task LeaveUnfinishedAsync(TmuxFixture tmux, string name)
    {
        await tmux.StartAsync(name, "exec cat");
        await tmux.RunAsync("set-option", "-w", "-t", $"={name}:", "remain-on-exit", "on");
        await tmux.RunAsync("set-option", "-t", $"={name}:", SetUpMark.Option, "pending");
    }

    private static Condition? Prepared(Agent agent) => agent.Conditions.FirstOrDefault(condition => condition.Type == ConditionTypes.Prepared);

    private AgentSpec Agent(string command) => Fleet.Spec("a", command) with { Directory = At("work") };

    private string At(string name) => Path.Combine(_folder, name);

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), content);
    }
}
