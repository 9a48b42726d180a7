using System.Collections.Immutable;
using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Tmux;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Tmux;

public sealed class TmuxPaneTests
{
    [Fact]
    public async Task Capture_brings_colours_and_metadata()
    {
        await using var tmux = await LinkedTmux.StartAsync("printf '\\033]2;a title\\007\\033[31mred\\033[0m é 界'; exec cat", columns: 50, rows: 7);
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "界");

        var capture = await CaptureAsync(tmux);

        Assert.StartsWith("\u001b[31mred\u001b[39m é 界", Text(capture), StringComparison.Ordinal);
        Assert.Equal(7, Text(capture).Count(character => character == '\n'));
        Assert.Equal(new Size(50, 7), capture.Metadata.Size);
        Assert.Equal((8, 0, true), (capture.Metadata.CursorX, capture.Metadata.CursorY, capture.Metadata.CursorVisible));
        Assert.Equal(("cat", "a title", false), (capture.Metadata.Command, capture.Metadata.Title, capture.Metadata.Dead));
        Assert.NotNull(capture.Metadata.WindowActivity);
    }

    [Fact]
    public async Task History_is_captured_as_far_as_asked()
    {
        await using var tmux = await LinkedTmux.StartAsync("seq 1 100; exec cat", rows: 10);
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "100");

        var all = await TmuxPaneReader.CaptureAsync(tmux.Link, tmux.PaneId, -1, CancellationToken.None);
        var some = await TmuxPaneReader.CaptureAsync(tmux.Link, tmux.PaneId, 5, CancellationToken.None);

        Assert.Equal(91, all.Metadata.HistorySize);
        Assert.Equal(101, Text(all).Count(character => character == '\n'));
        Assert.Equal(15, Text(some).Count(character => character == '\n'));
    }

    [Fact]
    public async Task Alternate_screen_and_copy_mode_are_told()
    {
        await using var tmux = await LinkedTmux.StartAsync("printf '\\033[?1049h\\033[?25lfull'; exec cat");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "full");
        await tmux.Server.RunAsync("copy-mode", "-t", tmux.PaneId);

        var metadata = (await CaptureAsync(tmux)).Metadata;

        Assert.True(metadata.AlternateScreen);
        Assert.True(metadata.InMode);
        Assert.False(metadata.CursorVisible);
    }

    [Fact]
    public async Task Ended_program_leaves_its_last_screen_and_exit_code()
    {
        await using var tmux = await LinkedTmux.StartAsync("echo; echo last words; read go; exit 3");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "last words");
        await TmuxKeys.SendAsync(tmux.Link, tmux.PaneId, [new AgentKey("Enter", false)], CancellationToken.None);
        await tmux.WaitForEndAsync(tmux.PaneId);

        var capture = await CaptureAsync(tmux);

        Assert.Contains("last words", Text(capture), StringComparison.Ordinal);
        Assert.Equal((true, 3), (capture.Metadata.Dead, capture.Metadata.DeadStatus));
    }

    [Fact]
    public async Task Missing_pane_is_target_gone()
    {
        await using var tmux = await LinkedTmux.StartAsync("cat");

        var failure = await Assert.ThrowsAsync<TmuxException>(
            () => TmuxPaneReader.CaptureAsync(tmux.Link, "%99", 0, CancellationToken.None));

        Assert.Equal(TmuxFault.TargetGone, failure.Fault);
    }

    [Fact]
    public async Task Hostile_output_neither_escapes_the_capture_nor_breaks_the_link()
    {
        await using var tmux = await LinkedTmux.StartAsync(
            "printf '\\033]52;c;aGFjaw==\\007\\033Pq1\\033\\\\\\302\\233\\377\\376'; head -c 1000000 /dev/zero | tr '\\0' x; "
            + "printf '\\n%%end 1 1 1\\n%%exit\\n%%output %%0 x\\n\\033]2;t\\033[31mx\\007\\nready\\n'; exec cat");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "ready");

        var capture = await TmuxPaneReader.CaptureAsync(tmux.Link, tmux.PaneId, -1, CancellationToken.None);

        Assert.Contains("%exit", Text(capture), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b]52", Text(capture), StringComparison.Ordinal);
        Assert.False(tmux.Link.Completion.IsCompleted);
    }

    [Fact]
    public async Task Hostile_session_names_are_listed_as_they_are()
    {
        string[] names = ["with space", "quo'te\"s", "semi;colon", "émoji 👩‍💻", "-leading", "$HOME", "#{pane_id}", "%3", "=x"];
        await using var tmux = await LinkedTmux.StartAsync("cat");
        var address = new TmuxAddress(tmux.Server.Socket);
        foreach (var name in names)
        {
            await TmuxServer.StartAsync(tmux.Runner, address, Start(name, "cat"), CancellationToken.None);
        }

        var sessions = await TmuxSessionList.ReadAsync(tmux.Link, CancellationToken.None);

        // tmux itself keeps a dollar sign before a letter with a backslash.
        Assert.Equal(names.Append("agent").Select(name => name.Replace("$H", "\\$H", StringComparison.Ordinal)).Order(StringComparer.Ordinal), sessions.Select(session => session.Name).Order(StringComparer.Ordinal));
        foreach (var session in sessions)
        {
            await using var link = await LinkedTmux.OpenAsync(tmux.Server, session.Id);
        }
    }

    [Fact]
    public async Task Program_cannot_forge_a_session_by_its_directory()
    {
        await using var tmux = await LinkedTmux.StartAsync("d=$(printf '/tmp/x\\n$9\\t%%9'); mkdir -p \"$d\"; cd \"$d\"; rmdir \"$d\"; echo ready; exec cat");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "ready");

        var sessions = await tmux.Server.WaitAsync(
            () => TmuxSessionList.ReadAsync(tmux.Link, CancellationToken.None), sessions => sessions[0].Command == "cat", "the command");

        var session = Assert.Single(sessions);
        Assert.Equal((tmux.PaneId, "agent"), (session.PaneId, session.Name));
        Assert.True(session.PanePid > 0);
        Assert.StartsWith("/dev/", session.Terminal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watched_pane_is_captured_again_after_each_change()
    {
        await using var tmux = await LinkedTmux.StartAsync("exec cat");
        var captures = Watch(tmux);

        for (var round = 0; round < 20; round++)
        {
            await TmuxKeys.SendAsync(tmux.Link, tmux.PaneId, [new AgentKey($"w{round};", true)], CancellationToken.None);
            await WaitForAsync(captures, $"w{round};");
        }
    }

    [Fact]
    public async Task Watch_of_another_session_needs_a_link_of_its_own_and_the_first_stays_silent()
    {
        await using var tmux = await LinkedTmux.StartAsync("exec cat");
        var other = await tmux.Server.StartAsync("other", "exec cat");
        await using var second = await LinkedTmux.OpenAsync(tmux.Server, "=other");
        var captures = new TmuxPaneWatch(new TmuxOutputTap(second), other, TimeProvider.System).ReadAsync(CancellationToken.None).GetAsyncEnumerator();

        // Commands may go through any link of the server.
        await TmuxKeys.SendAsync(tmux.Link, other, [new AgentKey("over there", true)], CancellationToken.None);

        await WaitForAsync(captures, "over there");
    }

    [Fact]
    public async Task Flood_costs_a_burst_a_capture_and_its_last_line_is_seen()
    {
        const int Printed = 12_000_000;
        await using var server = new TmuxFixture();
        var pane = await server.StartAsync("agent", $"read go; yes flood | head -c {Printed}; echo; echo THE END; exec cat");
        var transport = new CountingTransport();
        await using var link = await TmuxLink.OpenAsync(transport, new TmuxAddress(server.Socket), null, TimeProvider.System, CancellationToken.None);
        var captures = new TmuxPaneWatch(new TmuxOutputTap(link), pane, TimeProvider.System).ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        await captures.MoveNextAsync();

        await TmuxKeys.SendAsync(link, pane, [new AgentKey("Enter", false)], CancellationToken.None);
        await WaitForAsync(captures, "THE END");

        // Escaped for control mode, all of it would be more than twice what was printed.
        Assert.InRange(transport.Count, 1, Printed);
    }

    [Fact]
    public async Task Watch_that_pauses_a_flood_does_not_pause_it_for_another_client()
    {
        await using var tmux = await LinkedTmux.StartAsync("read go; exec yes flood");
        await using var second = await LinkedTmux.OpenAsync(tmux.Server);
        var first = Watch(tmux);
        await first.MoveNextAsync();
        await TmuxKeys.SendAsync(second, tmux.PaneId, [new AgentKey("Enter", false)], CancellationToken.None);
        await WaitForAsync(first, "flood");

        var other = new TmuxPaneWatch(new TmuxOutputTap(second), tmux.PaneId, TimeProvider.System).ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        for (var captures = 0; captures < 10; captures++)
        {
            await WaitForAsync(other, "flood");
        }
    }

    internal static TmuxSessionStart Start(string name, string command) =>
        new(name, command, Path.GetTempPath(), ImmutableDictionary<string, string>.Empty, new Size(80, 24));

    private static IAsyncEnumerator<TmuxCapture> Watch(LinkedTmux tmux) =>
        new TmuxPaneWatch(new TmuxOutputTap(tmux.Link), tmux.PaneId, TimeProvider.System).ReadAsync(CancellationToken.None).GetAsyncEnumerator();

    private static async Task WaitForAsync(IAsyncEnumerator<TmuxCapture> captures, string text)
    {
        do
        {
            Assert.True(await captures.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        }
        while (!Text(captures.Current).Contains(text, StringComparison.Ordinal));
    }

    private static Task<TmuxCapture> CaptureAsync(LinkedTmux tmux) =>
        TmuxPaneReader.CaptureAsync(tmux.Link, tmux.PaneId, 0, CancellationToken.None);

    private static string Text(TmuxCapture capture) => Encoding.UTF8.GetString(capture.Content.Span);
}
