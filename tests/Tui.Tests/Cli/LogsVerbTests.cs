using AgentDeck.Engine;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing;

namespace AgentDeck.Tui.Tests.Cli;

public sealed class LogsVerbTests
{
    [Fact]
    public async Task A_log_is_printed_without_escapes_and_secrets_and_in_full_width()
    {
        var wide = new string('x', 3000);
        var run = Run((_, _) => $"one\ttab\r\n\e[31mred\e[0m \e]52;c;aGk=\aend\u202e\npassword=hunter2 next\n{wide}\nunfinished");

        Assert.Equal(0, await run.RunAsync("logs", "mayor"));
        Assert.Equal($"one\ttab\nred end\uFFFD\npassword=*** next\n{wide}\nunfinished", run.Console.OutText);
    }

    [Fact]
    public async Task What_is_asked_for_reaches_the_engine_and_no_agent_is_looked_into()
    {
        LogQuery? asked = null;
        var run = Run((_, query) =>
        {
            asked = query;
            return "";
        });

        Assert.Equal(0, await run.RunAsync("logs", "mayor", "--follow", "--previous", "--tail", "20"));
        Assert.Equal(new LogQuery(Follow: true, Previous: true, 20), asked);
        Assert.Equal(SourceDepth.ListOnly, run.Fleet.Depth);
    }

    [Fact]
    public async Task An_agent_without_a_container_is_refused_with_the_reason()
    {
        var run = new CliRun(Fleets.Of([Fleets.Agent("here/clock")]));

        Assert.Equal(3, await run.RunAsync("logs", "clock"));
        Assert.Equal("agentdeck: a local agent has no container log\n", run.Console.ErrorText);
    }

    [Fact]
    public async Task A_negative_tail_is_wrong_usage() => Assert.Equal(2, await Run((_, _) => "").RunAsync("logs", "mayor", "--tail=-1"));

    private static CliRun Run(Func<AgentId, LogQuery, string> log)
    {
        var run = new CliRun(Fleets.Of([Fleets.Agent("gc/mayor")]));
        run.Fleet.Log = log;
        return run;
    }
}
