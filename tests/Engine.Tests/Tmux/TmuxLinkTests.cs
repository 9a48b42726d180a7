using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Tmux;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Tmux;

public sealed class TmuxLinkTests
{
    [Fact]
    public async Task Commands_of_one_line_have_a_reply_each()
    {
        await using var tmux = await LinkedTmux.StartAsync("cat");

        var replies = await tmux.Link.ExecuteAsync(Print("one").Then(Print("two")).Then(Print("thrée 😀")), CancellationToken.None);

        Assert.Equal(["one", "two", "thrée 😀"], replies.Select(reply => reply.Text));
        Assert.True(tmux.Link.Version.SupportsLinks);
    }

    [Fact]
    public async Task Commands_after_one_that_failed_are_not_done_and_not_waited_for()
    {
        await using var tmux = await LinkedTmux.StartAsync("cat");

        var replies = await tmux.Link.ExecuteAsync(
            Print("one").Then("kill-pane", "-t", "%99").Then(Print("three")), CancellationToken.None);

        Assert.Equal([false, true], replies.Select(reply => reply.IsError));
        Assert.Equal("after", await PrintAsync(tmux.Link, "after"));
    }

    [Fact]
    public async Task Lines_of_many_callers_at_once_get_their_own_answers()
    {
        await using var tmux = await LinkedTmux.StartAsync("cat");

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(index => PrintAsync(tmux.Link, $"answer {index}")));

        Assert.Equal(Enumerable.Range(0, 200).Select(index => $"answer {index}"), answers);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with space")]
    [InlineData("quote's \"double\" `back`")]
    [InlineData("semi;colon ; #{pane_id} $HOME ~ \\ \\n {braces} %end")]
    [InlineData("-leading --dash")]
    [InlineData("trailing;")]
    [InlineData("émoji 👩‍💻 界")]
    [InlineData("line\nfeed\n")]
    [InlineData("tab\there")]
    [InlineData("")]
    public async Task Argument_reaches_tmux_exactly_as_given(string argument)
    {
        await using var tmux = await LinkedTmux.StartAsync("cat");

        await tmux.Link.RequireAsync(TmuxCommandLine.Of("set-environment", "-g", "PROBE", argument), CancellationToken.None);
        var replies = await tmux.Link.RequireAsync(TmuxCommandLine.Of("show-environment", "-g", "PROBE"), CancellationToken.None);

        Assert.Equal("PROBE=" + argument, replies[0].Text);
    }

    [Fact]
    public async Task Without_a_server_opening_fails_as_server_gone_and_starts_none()
    {
        await using var server = new TmuxFixture();

        var failure = await Assert.ThrowsAsync<TmuxException>(() => LinkedTmux.OpenAsync(server));

        Assert.Equal(TmuxFault.ServerGone, failure.Fault);
        Assert.False(File.Exists(server.Socket));
    }

    [Fact]
    public async Task Server_without_sessions_is_told_apart_from_no_server()
    {
        await using var server = new TmuxFixture();
        await server.RunAsync("start-server", ";", "set-option", "-s", "exit-empty", "off");

        var failure = await Assert.ThrowsAsync<TmuxException>(() => LinkedTmux.OpenAsync(server));

        Assert.Equal(TmuxFault.NoSessions, failure.Fault);
    }

    [Fact]
    public async Task Unknown_session_is_target_gone()
    {
        await using var server = new TmuxFixture();
        await server.StartAsync("agent", "cat");

        var failure = await Assert.ThrowsAsync<TmuxException>(() => LinkedTmux.OpenAsync(server, "=age"));

        Assert.Equal(TmuxFault.TargetGone, failure.Fault);
    }

    [Fact]
    public async Task Killed_server_ends_the_link_as_server_gone()
    {
        await using var tmux = await LinkedTmux.StartAsync("cat");

        await tmux.Server.KillServerHardAsync();
        var end = await tmux.Link.Completion.WaitAsync(tmux.Server.Deadline);
        var failure = await Assert.ThrowsAsync<TmuxException>(() => PrintAsync(tmux.Link, "late"));

        Assert.Equal(TmuxLinkEndCause.ServerGone, end.Cause);
        Assert.Equal(TmuxFault.ServerGone, failure.Fault);
    }

    [Fact]
    public async Task Command_in_flight_when_the_server_is_killed_fails_instead_of_hanging()
    {
        await using var tmux = await LinkedTmux.StartAsync("cat");

        await tmux.Server.FreezeServerAsync();
        var waiting = tmux.Link.ExecuteAsync(Print("never"), CancellationToken.None);
        await tmux.Server.DisposeAsync();

        await Assert.ThrowsAsync<TmuxException>(() => waiting.WaitAsync(tmux.Server.Deadline));
    }

    [Fact]
    public async Task Killed_session_ends_the_link_as_exited()
    {
        await using var tmux = await LinkedTmux.StartAsync("cat");
        await tmux.Server.StartAsync("other", "cat");

        await tmux.Server.RunAsync("kill-session", "-t", "=agent");

        Assert.Equal(TmuxLinkEndCause.Exited, (await tmux.Link.Completion.WaitAsync(tmux.Server.Deadline)).Cause);
    }

    [Fact]
    public async Task Closing_a_link_leaves_server_and_sessions_alone()
    {
        await using var tmux = await LinkedTmux.StartAsync("cat");

        await tmux.Link.DisposeAsync();

        Assert.Equal("agent\n", await tmux.Server.RunAsync("list-sessions", "-F", "#{session_name}"));
        Assert.Equal(TmuxLinkEndCause.Closed, (await tmux.Link.Completion).Cause);
        await tmux.Server.WaitAsync(() => tmux.Server.RunAsync("list-clients"), clients => clients.Length == 0, "the clients");
    }

    [Fact]
    public async Task Watching_changes_neither_size_nor_options()
    {
        await using var server = new TmuxFixture();
        var pane = await server.StartAsync("agent", "cat", 93, 31);
        var before = await server.RunAsync("show-options", "-g", ";", "show-options", "-s", ";", "show-options", "-gw", ";", "show-options", "-w");

        await using var first = await LinkedTmux.OpenAsync(server);
        await using var second = await LinkedTmux.OpenAsync(server);
        await TmuxActivitySubscription.StartAsync(first, CancellationToken.None);
        var capture = await TmuxPaneReader.CaptureAsync(second, pane, 0, CancellationToken.None);

        Assert.Equal(new Size(93, 31), capture.Metadata.Size);
        Assert.Equal(before, await server.RunAsync("show-options", "-g", ";", "show-options", "-s", ";", "show-options", "-gw", ";", "show-options", "-w"));
    }

    [Fact]
    public async Task Unanswered_command_cuts_the_link_after_the_deadline()
    {
        await using var server = new TmuxFixture();
        await server.StartAsync("agent", "cat");
        var clock = new FakeTimeProvider();
        await using var link = await TmuxLink.OpenAsync(
            new LocalTransport(TimeProvider.System), new TmuxAddress(server.Socket), null, clock, CancellationToken.None);

        await server.FreezeServerAsync();
        var waiting = link.ExecuteAsync(Print("never"), CancellationToken.None);
        await server.WaitAsync(() => Task.FromResult(clock.PendingTimers), timers => timers > 0, "the deadline");
        clock.Advance(TmuxLink.Deadline);
        var failure = await Assert.ThrowsAsync<TmuxException>(() => waiting.WaitAsync(server.Deadline));

        Assert.Equal(TmuxFault.Cut, failure.Fault);
        Assert.Equal(TmuxLinkEndCause.Cut, (await link.Completion).Cause);
    }

    [Fact]
    public async Task Command_that_the_server_does_not_take_cuts_the_link_after_the_deadline_for_everybody_who_waits()
    {
        var clock = new FakeTimeProvider();
        var stalled = new StalledTransport();
        await using var link = await TmuxLink.OpenAsync(stalled, new TmuxAddress("x"), null, clock, CancellationToken.None);

        stalled.Takes = false;
        var writing = link.ExecuteAsync(Print("one"), CancellationToken.None);
        var behind = link.ExecuteAsync(Print("two"), CancellationToken.None);
        Assert.False(writing.IsCompleted || behind.IsCompleted);
        clock.Advance(TmuxLink.Deadline);

        foreach (var waiting in new[] { writing, behind })
        {
            var failure = await Assert.ThrowsAsync<TmuxException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(20)));
            Assert.Equal(TmuxFault.Cut, failure.Fault);
        }
    }

    [Fact]
    public async Task Links_that_open_and_close_while_sessions_start_and_end_leave_the_server_alive()
    {
        await using var tmux = await LinkedTmux.StartAsync("cat");
        var address = LinkedTmux.Address(tmux.Server);

        // Without turns tmux 3.3a crashes within the first hundred of these.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async worker =>
        {
            for (var round = 0; round < 60; round++)
            {
                await using var link = await LinkedTmux.OpenAsync(tmux.Server);
                if (worker == 0 && round % 4 == 0)
                {
                    var (session, _) = await TmuxServer.StartAsync(tmux.Runner, address, TmuxPaneTests.Start($"s{round}", "cat"), CancellationToken.None);
                    await TmuxServer.KillSessionAsync(link, session, CancellationToken.None);
                }
            }
        }));

        Assert.Equal("still here", await PrintAsync(tmux.Link, "still here"));
    }

    [Fact]
    public async Task Client_of_a_link_that_is_given_up_is_ended_only_after_it_was_answered()
    {
        await using var server = new TmuxFixture();
        var address = LinkedTmux.Address(server);
        var client = new StalledTransport { Answers = false };
        using var giveUp = new CancellationTokenSource();
        var opening = TmuxLink.OpenAsync(client, address, null, TimeProvider.System, giveUp.Token);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        var next = address.Turns.TakeAsync(CancellationToken.None);
        Assert.False(client.IsDisposed || next.IsCompleted);

        client.Answer();
        (await next).Dispose();
        Assert.True(client.IsDisposed);
    }

    [Fact]
    public async Task Sessions_that_come_and_go_and_change_their_name_are_told()
    {
        await using var tmux = await LinkedTmux.StartAsync("cat");
        var told = tmux.Link.ReadNotificationsAsync(CancellationToken.None).GetAsyncEnumerator();

        await tmux.Server.StartAsync("new", "cat");
        await ExpectAsync<TmuxNotification.SessionsChanged>(told);
        await tmux.Server.RunAsync("rename-session", "-t", "=new", "näme; 'x'");
        var renamed = await ExpectAsync<TmuxNotification.SessionRenamed>(told);

        Assert.Equal("näme; 'x'", renamed.Name);
    }

    [Fact]
    public async Task Activity_of_every_session_is_pushed()
    {
        await using var tmux = await LinkedTmux.StartAsync("cat");
        var other = await tmux.Server.StartAsync("other", "exit 7");
        var told = tmux.Link.ReadNotificationsAsync(CancellationToken.None).GetAsyncEnumerator();

        await TmuxActivitySubscription.StartAsync(tmux.Link, CancellationToken.None);
        TmuxActivity dead;
        do
        {
            var changed = await ExpectAsync<TmuxNotification.SubscriptionChanged>(told);
            Assert.Equal(TmuxActivitySubscription.Name, changed.Name);
            var activities = TmuxActivitySubscription.Parse(changed.Value);
            Assert.Equal(2, activities.Length);
            dead = activities.Single(activity => activity.PaneId == other);
            if (dead is { Dead: true, DeadStatus: null })
            {
                await TmuxServer.CollectExitCodesAsync(tmux.Runner, new TmuxAddress(tmux.Server.Socket), CancellationToken.None);
            }
        }
        while (dead.DeadStatus is null);

        Assert.Equal((true, 7), (dead.Dead, dead.DeadStatus));
    }

    [Fact]
    public async Task What_a_session_prints_that_nobody_is_attached_to_moves_its_activity()
    {
        await using var tmux = await LinkedTmux.StartAsync("cat");
        var other = await tmux.Server.StartAsync("other", "while :; do echo tick; sleep 0.2; done");
        var told = tmux.Link.ReadNotificationsAsync(CancellationToken.None).GetAsyncEnumerator();
        await TmuxActivitySubscription.StartAsync(tmux.Link, CancellationToken.None);

        var first = await SeenAsync();
        var last = first;
        while (last <= first)
        {
            last = await SeenAsync();
        }

        var listed = await TmuxSessionList.ReadAsync(tmux.Link, CancellationToken.None);
        Assert.True(listed.Single(session => session.PaneId == other).LastActivity >= last);

        async Task<DateTimeOffset> SeenAsync() => TmuxActivitySubscription
            .Parse((await ExpectAsync<TmuxNotification.SubscriptionChanged>(told)).Value).Single(activity => activity.PaneId == other).LastActivity;
    }

    private static async Task<T> ExpectAsync<T>(IAsyncEnumerator<TmuxNotification> told)
        where T : TmuxNotification
    {
        while (await told.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)))
        {
            if (told.Current is T expected)
            {
                return expected;
            }
        }

        throw new InvalidOperationException("the link ended");
    }

    private static TmuxCommandLine Print(string text) => TmuxCommandLine.Of("display-message", "-p", text);

    private static async Task<string> PrintAsync(TmuxLink link, string text) =>
        (await link.ExecuteAsync(Print(text), CancellationToken.None))[0].Text;
}
