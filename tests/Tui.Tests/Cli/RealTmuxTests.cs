using System.Text.Json;
using AgentDeck.Engine;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Processes;
using AgentDeck.Testing;
using AgentDeck.Tui.Cli;

namespace AgentDeck.Tui.Tests.Cli;

public sealed class RealTmuxTests
{
    private const string Declaration =
        """
        [[source]]
        name = "here"
        kind = "local"
        socket = "own"

        [[agent]]
        name = "declared"
        source = "here"
        command = "cat"
        """;

    [Fact]
    public async Task A_server_that_does_not_run_is_an_empty_source_and_a_look_does_not_start_it()
    {
        await using var tmux = new TmuxFixture();

        var (code, output, error) = await RunAsync(tmux, "--once", "-o", "json");

        var document = JsonDocument.Parse(output).RootElement;
        Assert.Equal((0, ""), (code, error));
        Assert.Equal("live", document.GetProperty("sources")[0].GetProperty("link").GetString());
        Assert.Equal("pending", Assert.Single(document.GetProperty("agents").EnumerateArray()).GetProperty("phase").GetString());
        Assert.False(File.Exists(tmux.Socket));
    }

    [Fact]
    public async Task A_nudge_reaches_the_agent_and_peek_shows_the_answer()
    {
        await using var tmux = new TmuxFixture();
        await tmux.StartAsync("echo", "while printf '> ' && read -r said; do echo \"heard $said\"; done");

        Assert.Equal((0, "here/echo: delivered\n", ""), await RunAsync(tmux, "nudge", "echo", "good morning"));
        await tmux.WaitForTextAsync("=echo:", "heard good morning");
        Assert.Contains("heard good morning\n", (await RunAsync(tmux, "peek", "echo")).Output, StringComparison.Ordinal);
        Assert.Equal("here/declared\nhere/echo\n", (await RunAsync(tmux, "--once", "-o", "name")).Output);
    }

    [Fact]
    public async Task A_declared_agent_is_started_and_stopped_on_request()
    {
        await using var tmux = new TmuxFixture();

        Assert.Equal((0, "here/declared: started\n", ""), await RunAsync(tmux, "start", "declared", "--yes"));
        Assert.Equal(4, (await RunAsync(tmux, "--once", "-o", "count", "--filter", "is:declared", "--fail-on", "running")).Code);
        Assert.Equal((0, "here/declared: stopped\n", ""), await RunAsync(tmux, "stop", "declared", "--yes"));
        Assert.Equal(0, (await RunAsync(tmux, "--once", "-o", "count", "--fail-on", "running")).Code);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(TmuxFixture tmux, params string[] arguments)
    {
        await File.WriteAllTextAsync(Path.Combine(tmux.Folder, "agents.toml"), Declaration);
        var console = new FakeCliConsole();
        var environment = new Dictionary<string, string> { ["HOME"] = tmux.Folder };
        var services = new CliServices(
            console,
            TimeProvider.System,
            new OwnSocket(tmux.Socket),
            new LocalCommandRunner(TimeProvider.System),
            environment.GetValueOrDefault,
            tmux.Folder);
        var code = await CommandLineHost.RunAsync(arguments, services, CancellationToken.None);
        return (code, console.OutText, console.ErrorText);
    }

    // A file names a socket; a test has its own, by path.
    private sealed class OwnSocket(string socket) : IFleetLauncher
    {
        public IFleet Observe(DeckConfiguration configuration, bool readOnly, SourceDepth depth, string? journalDirectory) => new EngineLauncher(TimeProvider.System).Observe(
            configuration with { Sources = [new LocalSourceSpec("here", socket)] },
            readOnly,
            depth,
            journalDirectory: null);
    }
}
