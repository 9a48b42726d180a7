using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Tmux;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Tmux;

/// <summary>What a tmux of its own for each line does, held against what a link to the same server does.</summary>
public sealed class TmuxOneShotTests
{
    [Fact]
    public async Task A_line_is_answered_as_a_link_answers_it()
    {
        await using var tmux = await LinkedTmux.StartAsync("printf '\\033[31mred\\033[0m é 界\\n\\n'; printf 'last \\t;'; exec sleep 1000");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "last");
        var line = TmuxPaneReader.CommandLine(tmux.PaneId, 0).Then("display-message", "-p", "").Then("list-sessions", "-F", TmuxSessionList.Format);

        var replies = await OneShot(tmux).RequireAsync(line, CancellationToken.None);

        var expected = await tmux.Link.RequireAsync(line, CancellationToken.None);
        Assert.Equal(expected.Select(reply => reply.Text), replies.Select(reply => reply.Text));
        Assert.Equal(expected[0].Body.ToArray(), replies[0].Body.ToArray());
    }

    [Theory]
    [InlineData(";")]
    [InlineData("a;")]
    [InlineData("\\;")]
    [InlineData("a ; b\\\\;")]
    [InlineData("-l 'q' \"d\" $HOME `id` #{pane_id} ~ {} \\")]
    [InlineData("two\nlines\n")]
    [InlineData("")]
    public async Task Arguments_arrive_exactly_as_given(string text)
    {
        await using var tmux = await LinkedTmux.StartAsync("sleep 1000");

        await OneShot(tmux).RequireAsync(TmuxCommandLine.Of("set-environment", "-t", "=agent", "--", "KEY", text), CancellationToken.None);

        Assert.Equal(text, await TmuxEnvironment.GetAsync(tmux.Link, "=agent", "KEY", CancellationToken.None));
    }

    [Fact]
    public async Task A_command_that_fails_ends_the_line_and_those_before_it_are_answered()
    {
        await using var tmux = await LinkedTmux.StartAsync("sleep 1000");
        var line = TmuxCommandLine.Of("display-message", "-p", "first").Then("capture-pane", "-p", "-t", "%99").Then("set-environment", "-t", "=agent", "KEY", "done");

        var replies = await OneShot(tmux).ExecuteAsync(line, CancellationToken.None);

        Assert.Equal([("first", false), ("can't find pane: %99", true)], replies.Select(reply => (reply.Text, reply.IsError)));
        var failure = await Assert.ThrowsAsync<TmuxException>(() => OneShot(tmux).RequireAsync(line, CancellationToken.None));
        Assert.Equal(TmuxFault.TargetGone, failure.Fault);
        Assert.Null(await TmuxEnvironment.GetAsync(OneShot(tmux), "=agent", "KEY", CancellationToken.None));
    }

    [Fact]
    public async Task Without_a_server_none_is_started()
    {
        await using var server = new TmuxFixture();
        var client = new TmuxOneShot(new LocalCommandRunner(TimeProvider.System), LinkedTmux.Address(server));

        var failure = await Assert.ThrowsAsync<TmuxException>(() => client.ExecuteAsync(TmuxCommandLine.Of("list-sessions"), CancellationToken.None));

        Assert.Equal(TmuxFault.ServerGone, failure.Fault);
        Assert.False(File.Exists(server.Socket));
    }

    private static TmuxOneShot OneShot(LinkedTmux tmux) => new(tmux.Runner, LinkedTmux.Address(tmux.Server));
}
