using System.Collections.Immutable;
using System.Text.Json;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Tests.Cli;

public sealed class OnceVerbTests
{
    private static readonly SourceStatus Lost = new("dev", "local", SourceLink.Unreachable, Fleets.Now.AddSeconds(-41), "tmux was not found on this machine; install it, for example with 'apt install tmux'");

    private static FleetSnapshot Fleet { get; } = Fleets.Of(
    [
        Fleets.Agent("gc/mayor", lastLine: "⏵ working on «parser»"),
        Fleets.Agent("gc/coder-2", activity: Activity.Blocked, idleSeconds: 41, lastLine: "Do you want to proceed?"),
        With(Fleets.Agent("gc/coder-7", AgentPhase.Failed, idleSeconds: 720), status => status with
        {
            ExitCode = 1,
            Restarts = 3,
            Reason = "ExitCode",
            Message = "ended with exit code 1",
            StartedAt = Fleets.Now.AddHours(-4),
            Conditions = [new Condition("SessionAlive", ConditionStatus.False, "PaneDead", "its pane is dead", Fleets.Now.AddMinutes(-12), 1)],
        }),
        Fleets.Agent("here/clock", activity: Activity.Waiting, idleSeconds: -1, command: "sh", spec: Fleets.Spec("here/clock")),
    ]);

    private static FleetSnapshot FleetWithLost { get; } = Fleets.Of([.. Fleet.Agents.Values, Fleets.Agent("dev/reviewer", AgentPhase.Unknown, idleSeconds: 180)], Lost);

    [Theory]
    [InlineData("table")]
    [InlineData("wide")]
    [InlineData("json")]
    [InlineData("jsonl")]
    [InlineData("name")]
    [InlineData("count")]
    public async Task A_look_is_printed_as(string format)
    {
        var run = new CliRun(Fleet);

        Assert.Equal(0, await run.RunAsync("--once", "-o", format));
        Assert.Empty(run.Console.ErrorText);
        Assert.True(run.Fleet.IsDisposed);
        Golden.Verify($"Once.{format}", run.Console.OutText);
    }

    [Fact]
    public async Task An_agent_in_a_container_tells_which_and_a_declared_one_its_labels()
    {
        var agent = Fleets.Agent("box/builder", spec: Fleets.Spec("box/builder"));
        var spec = agent.Spec! with { Setup = agent.Spec.Setup with { Labels = ImmutableDictionary<string, string>.Empty.Add("team", "core").Add("area", "ui") } };
        var pod = new PodStatus("", "builder-1", "4f5a", null, "running") { Runtime = "podman", Container = "builder-1", Image = "agents:1" };
        var run = new CliRun(Fleets.Of([agent with { Spec = spec, Status = agent.Status with { Pod = pod } }]));

        Assert.Equal(0, await run.RunAsync("--once", "-o", "jsonl"));

        var document = JsonDocument.Parse(run.Console.OutText).RootElement;
        Assert.Equal("""{"runtime":"podman","id":"4f5a","name":"builder-1","image":"agents:1","state":"running"}""", document.GetProperty("container").GetRawText());
        Assert.Equal("""{"area":"ui","team":"core"}""", document.GetProperty("labels").GetRawText());
        Assert.Equal(JsonValueKind.Null, document.GetProperty("pod").ValueKind);
    }

    [Fact]
    public async Task An_empty_fleet_is_valid_JSON_with_empty_lists()
    {
        var run = new CliRun(Fleets.Of([], new SourceStatus("here", "local", SourceLink.Live, Fleets.Now, null)));

        Assert.Equal(0, await run.RunAsync("--once", "-o", "json"));
        var document = JsonDocument.Parse(run.Console.OutText).RootElement;
        Assert.Equal("agentdeck.snapshot/v1", document.GetProperty("schema").GetString());
        Assert.Equal("2026-11-21T14:00:00.000Z", document.GetProperty("takenAt").GetString());
        Assert.Equal(0, document.GetProperty("agents").GetArrayLength());
    }

    [Theory]
    [InlineData("table", "")]
    [InlineData("jsonl", "")]
    [InlineData("name", "")]
    [InlineData("count", "0\n")]
    public async Task An_empty_fleet_prints_nothing_that_is_not_data(string format, string expected)
    {
        var run = new CliRun(Fleets.Of([], new SourceStatus("here", "local", SourceLink.Live, Fleets.Now, null)));

        Assert.Equal(0, await run.RunAsync("--once", "-o", format));
        Assert.Equal(expected, run.Console.OutText);
    }

    [Fact]
    public async Task A_source_that_is_unreachable_is_told_on_standard_error_and_the_rest_is_printed()
    {
        var run = new CliRun(FleetWithLost);

        Assert.Equal(3, await run.RunAsync("--once", "-o", "name"));
        Assert.Equal("dev/reviewer\ngc/coder-2\ngc/coder-7\ngc/mayor\nhere/clock\n", run.Console.OutText);
        Assert.Equal($"agentdeck: source dev is unreachable: {Lost.Error}\n", run.Console.ErrorText);
    }

    [Fact]
    public async Task Nobody_is_told_that_there_are_no_agents_where_they_could_not_be_seen()
    {
        var run = new CliRun(Fleets.Of([], Lost));

        Assert.Equal(3, await run.RunAsync("--once"));
        Assert.Equal($"agentdeck: source dev is unreachable: {Lost.Error}\n", run.Console.ErrorText);
    }

    [Theory]
    [InlineData(AgentPhase.Completed, Activity.None)]
    [InlineData(AgentPhase.Stopped, Activity.None)]
    [InlineData(AgentPhase.Pending, Activity.None)]
    [InlineData(AgentPhase.Running, Activity.Limited)]
    public async Task A_state_has_the_glyph_that_it_has_in_the_deck(AgentPhase phase, Activity activity)
    {
        var agent = Fleets.Agent("gc/mayor", phase, activity);
        var run = new CliRun(Fleets.Of([agent]));

        await run.RunAsync("--once");

        Assert.Contains($"\n{StateLook.Glyph(agent.Status)}  gc/mayor", run.Console.OutText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("failed", 4)]
    [InlineData("waiting,completed", 4)]
    [InlineData("limited,completed", 3)]
    public async Task Fail_on_names_states_that_must_not_be(string states, int expected) =>
        Assert.Equal(expected, await new CliRun(FleetWithLost).RunAsync("--once", "-o", "count", "--fail-on", states));

    [Fact]
    public async Task A_filter_narrows_agents_and_summary()
    {
        var run = new CliRun(Fleet);

        Assert.Equal(0, await run.RunAsync("--once", "-o", "json", "--filter", "is:blocked", "--fail-on", "failed"));
        var document = JsonDocument.Parse(run.Console.OutText).RootElement;
        Assert.Equal("gc/coder-2", Assert.Single(document.GetProperty("agents").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(1, document.GetProperty("summary").GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("agentdeck: --filter needs --once", "--filter", "x")]
    [InlineData("agentdeck: --fail-on does not know lost: give one or more of busy,", "--once", "--fail-on", "failed,lost")]
    [InlineData("agentdeck: --filter: phase:gone is not known: one of pending,", "--once", "--filter", "phase:gone")]
    [InlineData("agentdeck: Argument 'xml' not recognized. Must be one of: 'table' 'wide' 'json'", "--once", "-o", "xml")]
    [InlineData("agentdeck: Unrecognized command or argument 'frob'.", "frob")]
    public async Task Wrong_usage_is_told_on_standard_error(string expected, params string[] arguments)
    {
        var run = new CliRun(Fleet);

        Assert.Equal(2, await run.RunAsync(arguments));
        Assert.StartsWith(expected, run.Console.ErrorText, StringComparison.Ordinal);
        Assert.Empty(run.Console.OutText);
    }

    [Fact]
    public async Task A_table_is_cut_to_the_width_of_the_terminal_and_coloured()
    {
        var run = new CliRun(Fleet, new FakeCliConsole { Width = 60 });

        Assert.Equal(0, await run.RunAsync("--once", "-o", "wide"));
        Assert.Contains("\u001b[", run.Console.OutText, StringComparison.Ordinal);
        Golden.Verify("Once.wide.terminal", run.Console.OutText.Replace('\u001b', '␛'));
    }

    [Fact]
    public async Task NO_COLOR_takes_colours_away()
    {
        var run = new CliRun(Fleet, new FakeCliConsole { Width = 60 });
        run.Environment["NO_COLOR"] = "1";

        Assert.Equal(0, await run.RunAsync("--once"));
        Assert.DoesNotContain('\u001b', run.Console.OutText);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("wide")]
    [InlineData("json")]
    [InlineData("jsonl")]
    [InlineData("name")]
    public async Task Hostile_text_neither_reaches_the_terminal_nor_is_read_as_markup(string format)
    {
        var run = new CliRun(Fleets.Of([Fleets.Agent("here/[red]x\u001b]52;c;aGk=\a\u009b31m\u202Ey", lastLine: "[/] \u001b[2J\u2028")]));

        Assert.Equal(0, await run.RunAsync("--once", "-o", format));
        Assert.DoesNotContain(run.Console.OutText.Replace("\n", "", StringComparison.Ordinal), character => char.IsControl(character) || character is '\u202E' or '\u2028');
        Assert.Contains("[red]x", run.Console.OutText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watching_goes_on_with_one_line_an_event_until_it_is_interrupted()
    {
        var run = new CliRun(Fleet);
        using var interrupt = new CancellationTokenSource();

        var running = run.RunAsync(interrupt.Token, "--once", "--watch", "-o", "json", "--filter", "coder");
        await run.Console.UntilPrintedAsync("\"summary\"");
        run.Fleet.Set(Fleets.Agent("gc/mayor", AgentPhase.Failed));
        run.Fleet.Set(Fleets.Agent("gc/coder-2", AgentPhase.Stopped));
        await run.Console.UntilPrintedAsync("\"to\":\"stopped\"");
        await interrupt.CancelAsync();

        Assert.Equal(0, await running);
        var lines = run.Console.OutText.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal("agentdeck.snapshot/v1", lines[0].GetProperty("schema").GetString());
        Assert.All(lines[1..], line => Assert.Equal("agentdeck.event/v1", line.GetProperty("schema").GetString()));
        Assert.All(lines[1..], line => Assert.Equal("gc/coder-2", line.GetProperty("agent").GetString()));
        Assert.Contains(lines[1..], line => line.GetProperty("type").GetString() == "phase-changed" && line.GetProperty("from").GetString() == "running");
    }

    [Fact]
    public async Task Watching_ends_quietly_when_nobody_reads_any_more()
    {
        var run = new CliRun(Fleet);

        var running = run.RunAsync("--once", "--watch", "-o", "count");
        await run.Console.UntilPrintedAsync("4\n");
        run.Console.CloseOutput();

        Assert.Equal(0, await running);
    }

    private static Agent With(Agent agent, Func<AgentStatus, AgentStatus> change) => agent with { Status = change(agent.Status) };
}
