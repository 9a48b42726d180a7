using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Testing;

namespace AgentDeck.Tui.Tests.Cli;

public sealed class DetectVerbTests : IDisposable
{
    private const string Approval = "\e[1mDo you want to proceed?\e[0m\n❯ 1. Yes\n  2. No, use \e]52;c;aGk=\atoken=hunter2\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agentdeck-detect-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_rules_that_match_a_file_are_printed_in_order_with_what_they_make_of_it()
    {
        var run = Run(Approval);

        Assert.Equal(0, await run.RunAsync("detect", "--file", "capture.txt", "--command", "claude"));
        Assert.Equal(
            """
            blocked (claude-approval: Do you want to proceed?)
            *  940  blocked  claude-approval  claude.toml: Do you want to proceed?
               910  blocked  approval-menu    common.toml: Do you want to proceed?
               630  waiting  menu             common.toml: ❯ 1. Yes

            """,
            run.Console.OutText);
    }

    [Fact]
    public async Task A_screen_on_which_output_comes_is_judged_by_the_rules_for_that()
    {
        var quiet = Run("⠴ building\n");
        Assert.Equal(0, await quiet.RunAsync("detect", "--file", "capture.txt"));
        Assert.StartsWith("idle (quiet)\n-  650  busy     spinner  common.toml: ⠴ building\n", quiet.Console.OutText, StringComparison.Ordinal);

        var moving = Run("⠴ building\n");
        Assert.Equal(0, await moving.RunAsync("detect", "--file", "capture.txt", "--moving"));
        Assert.StartsWith("busy (spinner: ⠴ building)\n*", moving.Console.OutText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_is_a_file_named_by_a_dash()
    {
        var run = new CliRun(console: new FakeCliConsole { In = new StringReader("nothing to see\n") });

        Assert.Equal(0, await run.RunAsync("detect", "--file", "-"));
        Assert.Equal("idle (quiet)\nno rule matches\n", run.Console.OutText);
    }

    [Fact]
    public async Task A_live_agent_is_judged_by_its_screen_and_its_program()
    {
        var run = new CliRun(Fleets.Of([Fleets.Agent("gc/mayor")]));
        run.Fleet.Captures["gc/mayor"] = new PaneCapture(
            Fleets.Agent("gc/mayor").Id, 1, PaneContentKind.Screen, Fleets.Now, Encoding.UTF8.GetBytes("ann@box:~$ \n"), new PaneMetadata { PaneId = "%1", Size = new Size(80, 24), Command = "bash" });

        Assert.Equal(0, await run.RunAsync("detect", "mayor", "-o", "json"));
        Assert.Contains("\"command\": \"bash\"", run.Console.OutText, StringComparison.Ordinal);
        Assert.Contains("\"activity\": \"idle\"", run.Console.OutText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_of_agents_toml_hold_and_secrets_and_escapes_are_not_printed()
    {
        var run = Run(Approval);
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "agents.toml"), "[[detect]]\nid = \"mine\"\nstate = \"limited\"\npriority = 1000\ntext = \"no, use\"\n");

        Assert.Equal(0, await run.RunAsync("detect", "--file", "capture.txt", "-o", "json"));
        Assert.Contains("\"reason\": \"mine: 2. No, use token=***\"", run.Console.OutText, StringComparison.Ordinal);
        Assert.Contains("\"file\": \"agents.toml\"", run.Console.OutText, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Console.OutText);
    }

    [Theory]
    [InlineData("detect")]
    [InlineData("detect", "mayor", "--file", "capture.txt")]
    [InlineData("detect", "--file", "missing.txt")]
    [InlineData("detect", "--file", ".")]
    [InlineData("detect", "nobody")]
    public async Task Wrong_usage_is_told(params string[] arguments)
    {
        var run = Run(Approval);

        Assert.Equal(2, await run.RunAsync(arguments));
        Assert.StartsWith("agentdeck: ", run.Console.ErrorText, StringComparison.Ordinal);
    }

    private CliRun Run(string capture)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "capture.txt"), capture);
        return new CliRun { Directory = _folder.FullName };
    }
}
