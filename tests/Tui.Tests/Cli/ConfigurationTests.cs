namespace AgentDeck.Tui.Tests.Cli;

public sealed class ConfigurationTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("agentdeck-cli-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Every_problem_of_the_file_is_listed_and_the_look_refused()
    {
        var run = Run("[deck]\npanes = 5\n\n[[agent]]\nname = 7\n");

        Assert.Equal(2, await run.RunAsync("--once"));
        Assert.StartsWith("agentdeck: the configuration cannot be used:\nagents.toml:2:9: error: ", run.Console.ErrorText, StringComparison.Ordinal);
        Assert.Contains("\nagents.toml:5:8: error: ", run.Console.ErrorText, StringComparison.Ordinal);
        Assert.Empty(run.Console.OutText);
        Assert.Null(run.Fleet.Configuration);
    }

    [Theory]
    [InlineData("[deck]\npanes = 5\n", 2, "agents.toml:2:9: error: ", "agents.toml: 1 error: it cannot be used\n")]
    [InlineData("[deck]\npannes = 4\n", 0, "agents.toml:2:1: warning: ", "agents.toml: ok, 1 source, 0 agents\n")]
    [InlineData("[keys]\nnudeg = 'x'\n", 2, "agents.toml:2:9: error: ", "agents.toml: 1 error: it cannot be used\n")]
    [InlineData("[[source]]\nname = 'here'\nkind = 'local'\nsocket = 'x'\n", 0, "agents.toml: ok", "agents.toml: ok, 1 source, 0 agents\n")]
    public async Task Config_check_prints_problems_to_standard_output(string content, int code, string first, string last)
    {
        var run = Run(content);

        Assert.Equal(code, await run.RunAsync("config", "check"));
        Assert.StartsWith(first, run.Console.OutText, StringComparison.Ordinal);
        Assert.EndsWith(last, run.Console.OutText, StringComparison.Ordinal);
        Assert.Empty(run.Console.ErrorText);
    }

    [Fact]
    public async Task Keys_and_theme_are_checked_together_with_the_rest()
    {
        var run = Run("[deck]\npanes = 5\ntheme = 'midnigth'\n\n[keys]\nnudeg = 'x'\n[[agent]]\nname = 7\n");

        Assert.Equal(2, await run.RunAsync("config", "check"));
        var lines = run.Console.OutText.Split('\n');
        Assert.StartsWith("agents.toml:2:9: error: panes = 5", lines[0], StringComparison.Ordinal);
        Assert.Equal("agents.toml:6:9: error: 'nudeg' is no command; did you mean nudge? `agentdeck keys` lists them", lines[1]);
        Assert.StartsWith("agents.toml:7:", lines[2], StringComparison.Ordinal);
        Assert.Contains("midnigth: warning: there is no theme of this name; did you mean midnight?", run.Console.OutText, StringComparison.Ordinal);

        Assert.Equal(2, await run.RunAsync("--once"));
        Assert.Contains("'nudeg' is no command", run.Console.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_file_the_operators_own_server_is_watched()
    {
        var run = new CliRun { Directory = _directory };
        run.Environment["HOME"] = _directory;

        Assert.Equal(0, await run.RunAsync("config", "check"));
        Assert.StartsWith("no file: ", run.Console.OutText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_named_must_exist()
    {
        var run = Run("");

        Assert.Equal(2, await run.RunAsync("--once", "--config", "fleet.toml"));
        Assert.Contains("fleet.toml", run.Console.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Global_options_have_the_last_word()
    {
        const string two = "[[source]]\nname = \"a\"\nkind = \"local\"\nsocket = \"x\"\n[[source]]\nname = \"b\"\nkind = \"local\"\nsocket = \"y\"\n";
        var run = Run(two);
        var wrong = Run(two);

        Assert.Equal(0, await run.RunAsync("--source", "b", "--read-only", "--theme", "mono", "--once"));
        Assert.Equal(2, await wrong.RunAsync("--once", "--source", "c"));

        Assert.Equal("b", Assert.Single(run.Fleet.Configuration!.Sources).Name);
        Assert.True(run.Fleet.Configuration.Deck.ReadOnly);
        Assert.Equal("mono", run.Fleet.Configuration.Deck.Theme);
        Assert.Equal("agentdeck: there is no source 'c'; agents.toml has a, b\n", wrong.Console.ErrorText);
    }

    [Fact]
    public async Task Keys_are_printed_as_they_are_bound()
    {
        var run = Run("[keys]\nnudge = \"ctrl+n\"\n");

        Assert.Equal(0, await run.RunAsync("keys"));
        Assert.Contains("Ctrl-N", run.Console.OutText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Themes_are_listed_with_the_one_in_force_marked()
    {
        Directory.CreateDirectory(Path.Combine(_directory, ".config", "agentdeck", "themes"));
        File.WriteAllText(Path.Combine(_directory, ".config", "agentdeck", "themes", "mine.toml"), "[roles]\n");
        var run = Run("[deck]\ntheme = 'ocean'\n");

        Assert.Equal(0, await run.RunAsync("theme", "list"));
        Assert.Contains("  midnight\n", run.Console.OutText, StringComparison.Ordinal);
        Assert.Contains("* ocean\n", run.Console.OutText, StringComparison.Ordinal);
        Assert.Contains("  mine  (your own)\n", run.Console.OutText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("print the fleet with: agentdeck --once")]
    [InlineData("look at the agent with: agentdeck peek", "attach", "mayor")]
    public async Task A_screen_is_not_opened_where_there_is_none(string remedy, params string[] arguments)
    {
        var run = Run("");

        Assert.Equal(2, await run.RunAsync(arguments));
        Assert.Contains(remedy, run.Console.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_only_forbids_to_attach()
    {
        var run = Run("");

        Assert.Equal(1, await run.RunAsync("attach", "mayor", "--read-only"));
        Assert.Contains("read-only", run.Console.ErrorText, StringComparison.Ordinal);
    }

    private CliRun Run(string content)
    {
        File.WriteAllText(Path.Combine(_directory, "agents.toml"), content);
        var run = new CliRun { Directory = _directory };
        run.Environment["HOME"] = _directory;
        return run;
    }
}
