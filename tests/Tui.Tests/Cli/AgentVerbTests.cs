using AgentDeck.Engine.Domain;
using AgentDeck.Testing;

namespace AgentDeck.Tui.Tests.Cli;

public sealed class AgentVerbTests
{
    private static FleetSnapshot Fleet { get; } = Fleets.Of([Fleets.Agent("gc/mayor"), Fleets.Agent("gc/coder-2"), Fleets.Agent("gc/coder-7"), Fleets.Agent("here/clock", spec: Fleets.Spec("here/clock"))]);

    [Fact]
    public async Task A_nudge_is_sent_and_its_outcome_told()
    {
        var run = new CliRun(Fleet);
        run.Fleet.Result = new OperationResult(OperationOutcome.Succeeded, "delivered");

        Assert.Equal(0, await run.RunAsync("nudge", "mayor", "@go on", "--force"));
        Assert.Equal((new AgentId("gc", "", "mayor"), new SessionCommand.Nudge("@go on", Force: true)), Assert.Single(run.Fleet.Asked));
        Assert.Equal("gc/mayor: delivered\n", run.Console.OutText);
    }

    [Theory]
    [InlineData("one\r\ntwo\r\n", "one\ntwo")]
    [InlineData("  one\n\n", "  one\n")]
    public async Task A_nudge_is_read_from_standard_input(string input, string expected)
    {
        foreach (var arguments in new[] { new[] { "nudge", "mayor", "-" }, ["nudge", "mayor"] })
        {
            var run = new CliRun(Fleet, new FakeCliConsole { In = new StringReader(input) });

            Assert.Equal(0, await run.RunAsync(arguments));
            Assert.Equal(new SessionCommand.Nudge(expected, Force: false), Assert.Single(run.Fleet.Asked).Command);
        }
    }

    [Fact]
    public async Task A_nudge_without_text_is_wrong_usage()
    {
        var piped = new CliRun(Fleet);
        var typed = new CliRun(Fleet, new FakeCliConsole { IsInputTerminal = true });

        Assert.Equal(2, await piped.RunAsync("nudge", "mayor"));
        Assert.Equal(2, await typed.RunAsync("nudge", "mayor"));
        Assert.Contains("the text is empty", piped.Console.ErrorText, StringComparison.Ordinal);
        Assert.Contains("nudge needs a text", typed.Console.ErrorText, StringComparison.Ordinal);
        Assert.Empty(piped.Fleet.Asked);
    }

    [Theory]
    [InlineData("stop", "clock")]
    [InlineData("nudge", "clock", "-")]
    public async Task A_verb_that_waits_for_a_line_can_be_interrupted(params string[] arguments)
    {
        using var input = new DeafReader();
        using var interrupted = new CancellationTokenSource();
        var run = new CliRun(Fleet, new FakeCliConsole { IsInputTerminal = true, In = input });

        var running = run.RunAsync(interrupted.Token, arguments);
        await input.IsAsked.WaitAsync(TimeSpan.FromSeconds(20));
        await interrupted.CancelAsync();

        Assert.Equal(130, await running.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Empty(run.Fleet.Asked);
    }

    [Theory]
    [InlineData("interrupt", typeof(SessionCommand.Interrupt))]
    [InlineData("clear", typeof(SessionCommand.ClearScrollback))]
    public async Task A_key_press_needs_no_question(string verb, Type command)
    {
        var run = new CliRun(Fleet);

        Assert.Equal(0, await run.RunAsync(verb, "clock"));
        Assert.IsType(command, Assert.Single(run.Fleet.Asked).Command);
    }

    [Theory]
    [InlineData("start", typeof(SessionCommand.Start))]
    [InlineData("stop", typeof(SessionCommand.Stop))]
    [InlineData("restart", typeof(SessionCommand.Restart))]
    public async Task What_starts_or_ends_an_agent_is_asked_first(string verb, Type command)
    {
        var agreed = new CliRun(Fleet, new FakeCliConsole { IsInputTerminal = true, In = new StringReader("Y\n") });
        var declined = new CliRun(Fleet, new FakeCliConsole { IsInputTerminal = true, In = new StringReader("\n") });
        var unasked = new CliRun(Fleet);
        var mute = new CliRun(Fleet);

        Assert.Equal(0, await agreed.RunAsync(verb, "clock"));
        Assert.Equal(1, await declined.RunAsync(verb, "clock"));
        Assert.Equal(0, await unasked.RunAsync(verb, "clock", "--yes"));
        Assert.Equal(2, await mute.RunAsync(verb, "clock"));

        Assert.IsType(command, Assert.Single(agreed.Fleet.Asked).Command);
        Assert.IsType(command, Assert.Single(unasked.Fleet.Asked).Command);
        Assert.Empty(declined.Fleet.Asked);
        Assert.Empty(mute.Fleet.Asked);
        Assert.Contains("add --yes", mute.Console.ErrorText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OperationOutcome.Refused)]
    [InlineData(OperationOutcome.Partial)]
    [InlineData(OperationOutcome.Failed)]
    public async Task An_operation_that_was_not_done_exits_1_with_the_reason(OperationOutcome outcome)
    {
        var run = new CliRun(Fleet);
        run.Fleet.Result = new OperationResult(outcome, "typed, not submitted");

        Assert.Equal(1, await run.RunAsync("nudge", "mayor", "x"));
        Assert.Equal("agentdeck: gc/mayor: typed, not submitted\n", run.Console.ErrorText);
        Assert.Empty(run.Console.OutText);
    }

    [Fact]
    public async Task An_agent_that_could_be_several_lists_them()
    {
        var run = new CliRun(Fleet);

        Assert.Equal(2, await run.RunAsync("interrupt", "coder"));
        Assert.Equal("agentdeck: 'coder' fits 2 agents, name one of them:\n  gc/coder-2\n  gc/coder-7\n", run.Console.ErrorText);
    }

    [Fact]
    public async Task An_agent_that_does_not_exist_suggests_the_nearest()
    {
        var run = new CliRun(Fleet);

        Assert.Equal(2, await run.RunAsync("interrupt", "mayro"));
        Assert.Equal("agentdeck: there is no agent 'mayro'; did you mean\n  gc/mayor\n", run.Console.ErrorText);
    }

    [Fact]
    public async Task An_agent_that_is_not_known_may_be_in_a_source_that_did_not_answer()
    {
        var run = new CliRun(Fleets.Of([], new SourceStatus("dev", "local", SourceLink.Unreachable, null, "no tmux")));

        Assert.Equal(3, await run.RunAsync("interrupt", "mayor"));
        Assert.Contains("dev did not answer", run.Console.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_prints_what_was_found()
    {
        var run = new CliRun(Fleets.Of([Fleets.Agent("gc/mayor")]));

        Assert.Equal(0, await run.RunAsync("events"));
        Assert.Contains("14:00:00  gc/mayor appeared, running\n", run.Console.OutText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_of_one_agent_leave_out_those_of_others()
    {
        var run = new CliRun(Fleets.Of([Fleets.Agent("gc/mayor"), Fleets.Agent("gc/coder")]));

        Assert.Equal(0, await run.RunAsync("events", "mayor"));
        Assert.StartsWith("14:00:00  gc/mayor appeared, running\n", run.Console.OutText, StringComparison.Ordinal);
        Assert.DoesNotContain("coder", run.Console.OutText, StringComparison.Ordinal);
        Assert.Equal(2, await run.RunAsync("events", "nobody"));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task A_completion_script_knows_verbs_options_and_agents(string shell)
    {
        var run = new CliRun();

        Assert.Equal(0, await run.RunAsync("completion", shell));
        foreach (var expected in new[] { "nudge", "restart", "once -o name", "fail-on", "jsonl" })
        {
            Assert.Contains(expected, run.Console.OutText, StringComparison.Ordinal);
        }
    }

    // As a terminal whose operator types nothing: a read that began is not ended by its token.
    private sealed class DeafReader : TextReader
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsAsked => _asked.Task;

        public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            return new(new TaskCompletionSource<string?>().Task);
        }

        public override ValueTask<int> ReadBlockAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            _asked.TrySetResult();
            return new(new TaskCompletionSource<int>().Task);
        }
    }
}
