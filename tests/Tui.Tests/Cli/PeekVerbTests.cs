using System.Text;
using AgentDeck.Engine;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Testing;

namespace AgentDeck.Tui.Tests.Cli;

public sealed class PeekVerbTests
{
    private const string Screen = "one\n\e[1;31mtwo\e[0m wide 漢字 \e]52;c;aGk=\aend\n\e]8;;http://x\e\\three\e]8;;\e\\\n\n   \n";

    [Fact]
    public async Task A_screen_is_printed_as_plain_text_without_the_unused_rest()
    {
        var run = Run();

        Assert.Equal(0, await run.RunAsync("peek", "mayor"));
        Assert.Equal("one\ntwo wide 漢字 end\nthree\n", run.Console.OutText);
    }

    [Fact]
    public async Task Nobody_else_is_looked_at()
    {
        var run = Run();

        await run.RunAsync("peek", "mayor");

        Assert.Equal(SourceDepth.ListOnly, run.Fleet.Depth);
        Assert.Equal("gc/mayor", Assert.Single(run.Fleet.Reached).ToString());
    }

    [Fact]
    public async Task Colours_are_kept_on_request_and_nothing_else()
    {
        var run = Run();

        Assert.Equal(0, await run.RunAsync("peek", "mayor", "--ansi"));
        Assert.Equal("one\n\e[1;31mtwo\e[m wide 漢字 end\nthree\n", run.Console.OutText);
    }

    [Theory]
    [InlineData(1, "three\n")]
    [InlineData(2, "two wide 漢字 end\nthree\n")]
    [InlineData(500, "one\ntwo wide 漢字 end\nthree\n")]
    public async Task The_last_lines_are_printed_on_request(int lines, string expected)
    {
        var run = Run();

        Assert.Equal(0, await run.RunAsync("peek", "mayor", "--lines", lines.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(expected, run.Console.OutText);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("many")]
    public async Task A_number_of_lines_that_makes_no_sense_is_wrong_usage(string lines) => Assert.Equal(2, await Run().RunAsync("peek", "mayor", $"--lines={lines}"));

    [Fact]
    public async Task An_agent_without_a_session_is_told()
    {
        var run = new CliRun(Fleets.Of([Fleets.Agent("gc/mayor", AgentPhase.Stopped)]));

        Assert.Equal(1, await run.RunAsync("peek", "mayor"));
        Assert.Equal("agentdeck: gc/mayor has no session\n", run.Console.ErrorText);
    }

    private static CliRun Run()
    {
        var mayor = Fleets.Agent("gc/mayor");
        var run = new CliRun(Fleets.Of([mayor]));
        var metadata = new PaneMetadata { PaneId = "%1", Size = new Size(80, 24) };
        run.Fleet.Captures["gc/mayor"] = new PaneCapture(mayor.Id, 1, PaneContentKind.Screen, Fleets.Now, Encoding.UTF8.GetBytes(Screen), metadata);
        return run;
    }
}
