using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Tmux;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Tmux;

public sealed class TmuxNudgeTests
{
    private static readonly OperationResult Delivered = new(OperationOutcome.Succeeded, "delivered");

    [Theory]
    [InlineData("continue with the plan")]
    [InlineData("--help; 'quoted' $HOME #{pane_id} é 界")]
    public async Task Short_text_is_typed_and_submitted(string text)
    {
        await using var tmux = await LinkedTmux.StartAsync("echo ready; while read -r line; do echo \"got:$line\"; done");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "ready");

        Assert.Equal(Delivered, await NudgeAsync(tmux, text));
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "got:" + text);
    }

    [Fact]
    public async Task Nudge_leaves_copy_mode_first()
    {
        await using var tmux = await LinkedTmux.StartAsync("echo ready; while read -r line; do echo \"got:$line\"; done");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "ready");
        await tmux.Server.RunAsync("copy-mode", "-t", tmux.PaneId);

        Assert.Equal(Delivered, await NudgeAsync(tmux, "wake up"));
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "got:wake up");
    }

    [Fact]
    public async Task Several_lines_arrive_as_one_paste_and_enter_after_it()
    {
        await using var tmux = await LinkedTmux.StartAsync(
            "stty raw -echo; printf '\\033[?2004hready'; exec cat -v");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "ready");

        Assert.Equal(Delivered, await NudgeAsync(tmux, "first\nsecond\r\nthird\n\u001b[31m"));

        var screen = await tmux.Server.WaitForTextAsync(tmux.PaneId, "^M");
        var joined = string.Concat(screen.Split('\n').Select(row => row.Trim()));
        Assert.Contains("^[[200~firstsecondthird[31m^[[201~^M", joined, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_that_ignores_enter_leaves_the_text_typed_not_submitted()
    {
        // Echoes letters at once and does nothing on Enter, like an agent that is not ready to submit.
        await using var tmux = await LinkedTmux.StartAsync(
            "stty raw -echo; printf ready; while c=$(dd bs=1 count=1 2>/dev/null); do [ \"$c\" = \"$(printf '\\r')\" ] || printf %s \"$c\"; done");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "ready");

        Assert.Equal(new OperationResult(OperationOutcome.Partial, "typed, not submitted"), await NudgeAsync(tmux, "hello"));
    }

    [Fact]
    public async Task Program_that_takes_the_second_enter_gets_it()
    {
        await using var tmux = await LinkedTmux.StartAsync(
            "stty raw -echo; printf ready; n=0; while c=$(dd bs=1 count=1 2>/dev/null); do if [ \"$c\" = \"$(printf '\\r')\" ]; then n=$((n+1)); "
            + "[ $n -eq 2 ] && printf '\\r\\ntaken\\r\\n'; else printf %s \"$c\"; fi; done");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "ready");

        Assert.Equal(Delivered, await NudgeAsync(tmux, "hello"));
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "taken");
    }

    [Fact]
    public async Task Program_that_shows_nothing_at_all_is_reported_honestly()
    {
        await using var tmux = await LinkedTmux.StartAsync("stty raw -echo; printf ready; exec cat > /dev/null");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "ready");

        Assert.Equal(OperationOutcome.Partial, (await NudgeAsync(tmux, "hello")).Outcome);
    }

    [Fact]
    public async Task Line_that_the_terminal_would_lose_is_refused()
    {
        await using var tmux = await LinkedTmux.StartAsync("echo ready; exec cat");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "ready");

        var result = await NudgeAsync(tmux, new string('x', 5000));

        Assert.Equal(OperationOutcome.Refused, result.Outcome);
        Assert.Contains("4095", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ended_program_and_empty_text_are_refused()
    {
        await using var tmux = await LinkedTmux.StartAsync("exit 0");
        await tmux.WaitForEndAsync(tmux.PaneId);

        Assert.Equal(OperationOutcome.Refused, (await NudgeAsync(tmux, "hello")).Outcome);
        Assert.Equal(OperationOutcome.Refused, (await NudgeAsync(tmux, "\n\u001b")).Outcome);
    }

    [Fact]
    public async Task Two_decks_do_not_type_into_one_pane_at_the_same_time()
    {
        await using var tmux = await LinkedTmux.StartAsync("echo ready; while read -r line; do echo \"got:$line\"; done");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "ready");
        await using var other = await LinkedTmux.OpenAsync(tmux.Server);
        var time = new FakeTimeProvider();
        var timers = Timers(time);
        var turn = await NudgeTurn.TakeAsync(other, tmux.PaneId, TimeProvider.System, CancellationToken.None);
        var second = new TmuxNudge(time, tmux.Runner, refuses: null).SendAsync(tmux.Link, tmux.PaneId, "second", CancellationToken.None);
        await timers.WaitAsync();

        await TmuxKeys.SendAsync(other, tmux.PaneId, [new AgentKey("first", IsLiteral: true), new AgentKey("Enter", IsLiteral: false)], CancellationToken.None);
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "got:first\n");
        await turn.EndAsync();

        await KeepPaceAsync(time, second);
        Assert.Equal(Delivered, await second);
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "got:second\n");
    }

    [Fact]
    public async Task The_turn_of_a_deck_that_died_is_taken_over_and_nothing_is_left_behind()
    {
        await using var tmux = await LinkedTmux.StartAsync("echo ready; while read -r line; do echo \"got:$line\"; done");
        await tmux.Server.WaitForTextAsync(tmux.PaneId, "ready");
        await NudgeTurn.TakeAsync(tmux.Link, tmux.PaneId, TimeProvider.System, CancellationToken.None);
        var time = new FakeTimeProvider();
        var timers = Timers(time);
        var start = time.GetUtcNow();
        var held = await tmux.Server.RunAsync("show-options", "-p", "-t", tmux.PaneId);

        var nudge = new TmuxNudge(time, tmux.Runner, refuses: null).SendAsync(tmux.Link, tmux.PaneId, "hello", CancellationToken.None);
        await timers.WaitAsync();
        while (time.GetUtcNow() - start < NudgeTurn.Patience - TimeSpan.FromSeconds(1))
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await timers.WaitAsync();
        }

        Assert.Equal(held, await tmux.Server.RunAsync("show-options", "-p", "-t", tmux.PaneId));
        await KeepPaceAsync(time, nudge);
        Assert.Equal(Delivered, await nudge);
        Assert.Equal("", await tmux.Server.RunAsync("show-options", "-p", "-t", tmux.PaneId));
    }

    private static SemaphoreSlim Timers(FakeTimeProvider time)
    {
        var timers = new SemaphoreSlim(0);
        time.TimerSet += () => timers.Release();
        return timers;
    }

    // As fast as real time: the program that is to react knows no other.
    private static async Task KeepPaceAsync(FakeTimeProvider time, Task work)
    {
        var pace = TimeSpan.FromMilliseconds(20);
        using var ticks = new PeriodicTimer(pace, TimeProvider.System);
        while (!work.IsCompleted)
        {
            time.Advance(pace);
            await ticks.WaitForNextTickAsync();
        }
    }

    private static Task<OperationResult> NudgeAsync(LinkedTmux tmux, string text) =>
        new TmuxNudge(TimeProvider.System, tmux.Runner, refuses: null).SendAsync(tmux.Link, tmux.PaneId, text, CancellationToken.None);
}
