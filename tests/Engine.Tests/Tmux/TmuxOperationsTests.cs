using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Tmux;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Tmux;

public sealed class TmuxOperationsTests
{
    [Fact]
    public async Task Keys_arrive_in_order_literal_or_by_name_even_from_copy_mode()
    {
        await using var tmux = await LinkedTmux.StartAsync("exec cat -v");
        await tmux.Server.RunAsync("copy-mode", "-t", tmux.PaneId);

        await TmuxKeys.SendAsync(
            tmux.Link,
            tmux.PaneId,
            [new("-l a;", true), new("Up", false), new("~$x 'q' ;", true), new("M-x", false), new("Enter", true), new("Enter", false)],
            CancellationToken.None);

        await tmux.Server.WaitForTextAsync(tmux.PaneId, "-l a;^[[A~$x 'q' ;^[xEnter\n-l a;^[[A~$x 'q' ;^[xEnter\n");
    }

    [Fact]
    public async Task Interrupt_key_ends_a_program()
    {
        await using var tmux = await LinkedTmux.StartAsync("trap 'echo interrupted' INT; echo ready; sleep 1000; exec cat");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "ready");

        await TmuxKeys.SendAsync(tmux.Link, tmux.PaneId, [new("C-c", false)], CancellationToken.None);

        await tmux.Server.WaitForTextAsync(tmux.PaneId, "interrupted");
    }

    [Theory]
    [InlineData("one line")]
    [InlineData("two\nlines")]
    [InlineData("'quotes' \"double\" `x` $HOME $(id) #{pane_id} #(id) ~ \\n \\ ;\n; last;\n")]
    [InlineData("émoji 👩‍💻 界\n\n\ttab")]
    public async Task Paste_arrives_exactly_as_given(string text)
    {
        await using var tmux = await StartReaderAsync();

        await TmuxKeys.PasteAsync(tmux.Link, tmux.PaneId, text, CancellationToken.None);

        Assert.Equal(text, await ReceivedAsync(tmux.Server, text.Length));
        Assert.Equal("", await tmux.Server.RunAsync("list-buffers"));
    }

    [Fact]
    public async Task Paste_of_100_kilobytes_arrives_whole_and_bracketed()
    {
        var text = string.Concat(Enumerable.Range(0, 4000).Select(index => $"line {index} 'é' $x \\ ;\n"));
        await using var tmux = await StartReaderAsync(bracketed: true);

        await TmuxKeys.PasteAsync(tmux.Link, tmux.PaneId, text, CancellationToken.None);

        Assert.Equal($"\u001b[200~{text}\u001b[201~", await ReceivedAsync(tmux.Server, text.Length + 12));
    }

    [Fact]
    public async Task Clearing_says_what_there_was_to_clear()
    {
        await using var tmux = await LinkedTmux.StartAsync("seq 1 100; exec cat", rows: 10);
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "100");

        Assert.Equal(
            new OperationResult(OperationOutcome.Succeeded, "cleared 91 lines of scrollback"),
            await TmuxKeys.ClearHistoryAsync(tmux.Link, tmux.PaneId, CancellationToken.None));
        Assert.Equal(
            new OperationResult(OperationOutcome.Refused, "nothing to clear"),
            await TmuxKeys.ClearHistoryAsync(tmux.Link, tmux.PaneId, CancellationToken.None));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with = and é 界 👩‍💻")]
    [InlineData("two\nlines")]
    [InlineData("-dash ' \" ; $x")]
    public async Task Environment_is_set_read_and_unset(string value)
    {
        await using var tmux = await LinkedTmux.StartAsync("exec cat");
        var session = Assert.Single(await TmuxSessionList.ReadAsync(tmux.Link, CancellationToken.None)).Id;

        Assert.Null(await TmuxEnvironment.GetAsync(tmux.Link, session, "PROBE", CancellationToken.None));
        await TmuxEnvironment.SetAsync(tmux.Link, session, "PROBE", value, CancellationToken.None);
        Assert.Equal(value, await TmuxEnvironment.GetAsync(tmux.Link, session, "PROBE", CancellationToken.None));
        await TmuxEnvironment.UnsetAsync(tmux.Link, session, "PROBE", CancellationToken.None);
        Assert.Null(await TmuxEnvironment.GetAsync(tmux.Link, session, "PROBE", CancellationToken.None));
    }

    [Fact]
    public async Task Processes_of_a_pane_are_listed()
    {
        await using var tmux = await LinkedTmux.StartAsync("sleep 1234 & echo ready; exec cat");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "ready");

        var processes = await TmuxProcesses.ListAsync(tmux.Link, tmux.Runner, tmux.PaneId, CancellationToken.None);

        Assert.Contains("sleep 1234", processes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_is_started_in_a_server_of_its_own_with_its_environment_and_directory()
    {
        await using var server = new TmuxFixture();
        var runner = new LocalCommandRunner(TimeProvider.System);
        var folder = Directory.CreateDirectory(Path.Combine(server.Folder, "a #{pane_id} #[x] 'd'")).FullName;
        var start = new TmuxSessionStart(
            "wörker", "pwd; echo \"$PROBE\"; exec cat", folder, ImmutableDictionary<string, string>.Empty.Add("PROBE", "é 'x' \"y\" $z"), new Size(150, 40));

        var (_, pane) = await TmuxServer.StartAsync(runner, new TmuxAddress(server.Socket), start, CancellationToken.None);
        var screen = await server.WaitForTextAsync(pane, "é 'x' \"y\" $z");

        Assert.Contains(folder, screen, StringComparison.Ordinal);
        var failure = await Assert.ThrowsAsync<TmuxException>(
            () => TmuxServer.StartAsync(runner, new TmuxAddress(server.Socket), start, CancellationToken.None));
        Assert.Equal(TmuxFault.DuplicateSession, failure.Fault);
    }

    [Fact]
    public async Task Command_that_ends_at_once_is_kept_every_time()
    {
        await using var tmux = await LinkedTmux.StartAsync("cat");
        for (var index = 0; index < 20; index++)
        {
            var (_, pane) = await TmuxServer.StartAsync(
                tmux.Runner, new TmuxAddress(tmux.Server.Socket), TmuxPaneTests.Start($"s{index}", "exit 9"), CancellationToken.None);
            await tmux.WaitForEndAsync(pane);
        }
    }

    [Fact]
    public async Task Ended_session_is_run_anew_and_killed()
    {
        await using var tmux = await LinkedTmux.StartAsync("echo first; exit 1");
        await tmux.Server.StartAsync("other", "cat");
        await tmux.WaitForEndAsync(tmux.PaneId);
        var sessions = await TmuxSessionList.ReadAsync(tmux.Link, CancellationToken.None);
        var ended = sessions.Single(session => session.Name == "agent").Id;

        await TmuxServer.RespawnAsync(tmux.Link, ended, tmux.PaneId, TmuxPaneTests.Start("agent", "echo second; exec cat"), CancellationToken.None);
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "second");
        var failure = await Assert.ThrowsAsync<TmuxException>(
            () => TmuxServer.RespawnAsync(tmux.Link, ended, tmux.PaneId, TmuxPaneTests.Start("agent", "echo third; exec cat"), CancellationToken.None));
        Assert.Equal(TmuxFault.StillActive, failure.Fault);
        Assert.DoesNotContain("third", await tmux.Server.ScreenAsync(tmux.PaneId), StringComparison.Ordinal);
        var other = sessions.Single(session => session.Name == "other").Id;
        await TmuxServer.KillSessionAsync(tmux.Link, other, CancellationToken.None);
        await TmuxServer.KillSessionAsync(tmux.Link, other, CancellationToken.None);

        Assert.Equal("agent", Assert.Single(await TmuxSessionList.ReadAsync(tmux.Link, CancellationToken.None)).Name);
    }

    // Reads key by key without echo, as agents do, and writes what it gets to a file.
    private static async Task<LinkedTmux> StartReaderAsync(bool bracketed = false)
    {
        var tmux = await LinkedTmux.StartAsync(
            $"stty raw -echo; {(bracketed ? "printf '\\033[?2004h';" : "")} echo ready; exec cat > \"$(dirname \"${{TMUX%%,*}}\")/received\"");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "ready");
        return tmux;
    }

    private static Task<string> ReceivedAsync(TmuxFixture server, int length) =>
        server.WaitAsync(
            async () => File.Exists(Path.Combine(server.Folder, "received")) ? await File.ReadAllTextAsync(Path.Combine(server.Folder, "received")) : "",
            text => text.Length >= length,
            "what the program received");
}
