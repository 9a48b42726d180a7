using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Tests.App;

public sealed class DeckAppTests
{
    [Fact]
    public async Task The_first_frame_comes_from_memory_at_once()
    {
        await using var deck = new AppHarness();

        var frame = await deck.Host.WaitForFrameAsync(_ => true, new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);

        Assert.Contains("gc/coder-7", ScreenText.Rows(frame), StringComparison.Ordinal);
        Assert.Equal("AgentDeck – 3 need you", deck.Host.LastState.Title);
    }

    [Fact]
    public async Task Panes_on_screen_are_watched_and_shown_as_they_change()
    {
        await using var deck = new AppHarness();
        await deck.UntilAsync(() => deck.Panes.Watched.TryPeek(out var watched) && watched.Contains(TestDeck.Id("gc/coder-2")), "a watched pane");

        deck.Panes.Show(Captures.Of(TestDeck.Id("gc/coder-2"), ["Do you want to proceed?"]));
        await deck.UntilShownAsync("Do you want to proceed?");
    }

    [Fact]
    public async Task The_fleet_is_followed()
    {
        await using var deck = new AppHarness();
        deck.Set(Fleets.Agent("gc/newcomer"));
        await deck.UntilShownAsync("gc/newcomer");
    }

    [Fact]
    public async Task An_operation_is_carried_out_and_its_result_told()
    {
        await using var deck = new AppHarness();
        await deck.PressAsync("G", "here/clock");
        await deck.PressAsync("i", "interrupt here/clock: done");

        Assert.IsType<SessionCommand.Interrupt>(Assert.Single(deck.Operations.Asked).Command);
    }

    [Fact]
    public async Task Keys_typed_while_others_are_on_their_way_are_sent_together_in_order()
    {
        await using var deck = new AppHarness(width: 120);
        var gate = new TaskCompletionSource<OperationResult>();
        deck.Operations.Answer = _ => gate.Task;
        deck.Host.Press("G", "I");
        await deck.UntilShownAsync("ends typing");
        deck.Host.Press("a");
        await deck.UntilAsync(() => deck.Operations.Asked.Count == 1, "the first key");

        deck.Host.Type("bcd");
        deck.Host.Press("enter", "ctrl+]");
        await deck.UntilShownAsync("? help");
        gate.SetResult(new OperationResult(OperationOutcome.Succeeded, ""));
        await deck.UntilAsync(() => deck.Operations.Asked.Count == 2, "the rest");

        var keys = Assert.IsType<SessionCommand.SendKeys>(deck.Operations.Asked.Last().Command).Keys;
        Assert.Equal([new AgentKey("bcd", true), new AgentKey("Enter", false)], keys.ToArray());
    }

    [Fact]
    public async Task A_deck_in_which_nothing_changes_paints_nothing()
    {
        await using var deck = new AppHarness();
        await deck.UntilShownAsync("14:00:0");
        await deck.PressAsync("d", "╭ gc/coder-7");
        deck.Host.Press("escape");
        await deck.UntilAsync(() => deck.Time.PendingTimers > 0, "a calm deck");
        var frames = deck.Host.FrameCount;
        for (var round = 0; round < 20; round++)
        {
            deck.Host.Push(new FocusChanged(true));
            await Task.Yield();
        }

        await deck.UntilAsync(() => deck.Host.FrameCount >= frames, "the same frame");
        Assert.InRange(deck.Host.FrameCount - frames, 0, 2);
    }

    [Fact]
    public async Task A_new_size_is_laid_out_and_painted()
    {
        await using var deck = new AppHarness();
        await deck.UntilShownAsync("gc/coder-7");
        deck.Host.Resize(new CellSize(60, 16));
        await deck.UntilAsync(() => deck.Host.LastFrame?.Size == new CellSize(60, 16), "a small frame");
    }

    [Fact]
    public async Task Attach_lends_the_terminal_and_comes_back_to_an_intact_deck()
    {
        await using var deck = new AppHarness();
        var client = deck.Operations.Client = new FakeCommandStream();
        await deck.PressAsync("G", "here/clock");
        deck.Host.Press("enter");
        await deck.UntilAsync(() => deck.Host.Lease is not null, "a lease");
        var lease = deck.Host.Lease!;
        client.Print("hello from tmux");
        await deck.UntilAsync(() => lease.Written.Contains("hello", StringComparison.Ordinal), "the client's output");
        lease.Type("ls\r"u8);
        await deck.UntilAsync(() => client.Typed == "ls\r", "typed bytes");

        var frames = deck.Host.FrameCount;
        deck.Set(Fleets.Agent("gc/newcomer", AgentPhase.Failed));
        deck.Host.Resize(new CellSize(110, 33));
        await deck.UntilAsync(() => client.Sizes.Contains(new Size(110, 33)), "the new size");
        Assert.Equal(frames, deck.Host.FrameCount);

        lease.Type("\u001d"u8);
        await deck.UntilShownAsync("gc/newcomer");
        Assert.True(lease.IsReturned);
        Assert.True(client.IsDisposed);
        Assert.Equal(new CellSize(110, 33), deck.Host.LastFrame!.Size);
    }

    [Fact]
    public async Task An_agent_that_ends_while_attached_is_told()
    {
        await using var deck = new AppHarness();
        var client = deck.Operations.Client = new FakeCommandStream();
        await deck.PressAsync("G", "here/clock");
        deck.Host.Press("enter");
        await deck.UntilAsync(() => deck.Host.Lease is not null, "a lease");
        client.Print("[exited]\r\n");
        client.Exit(0);

        await deck.UntilShownAsync("here/clock: its session ended while you were attached");
    }

    [Fact]
    public async Task An_attachment_that_cannot_be_opened_leaves_the_deck_on_screen()
    {
        await using var deck = new AppHarness();
        await deck.PressAsync("G", "here/clock");
        await deck.PressAsync("enter", "here/clock has no session; start it first");
        Assert.Null(deck.Host.Lease);
    }

    [Fact]
    public async Task An_effect_that_fails_is_told_and_ends_nothing()
    {
        await using var deck = new AppHarness();
        deck.Operations.Answer = _ => throw new InvalidDataException("out of cheese");
        await deck.PressAsync("G", "here/clock");
        await deck.PressAsync("i", "out of cheese");
        await deck.PressAsync("o", "name ▾");
    }

    [Fact]
    public async Task Suspending_and_coming_back_paints_everything_anew()
    {
        await using var deck = new AppHarness();
        await deck.UntilShownAsync("gc/coder-7");
        var frames = deck.Host.FrameCount;
        deck.Host.Press("ctrl+z");
        await deck.UntilAsync(() => deck.Host.Suspensions == 1 && deck.Host.FrameCount > frames, "a fresh frame");
    }

    [Fact]
    public async Task Leaving_says_how_many_agents_keep_running_and_how_to_stop_them()
    {
        await using var deck = new AppHarness();
        deck.Host.Press("q");
        var exit = await deck.Running.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(0, exit.Code);
        Assert.Equal("5 agents keep running. To stop one: agentdeck stop dev/reviewer; agentdeck --once lists them.", exit.Farewell);
    }

    [Fact]
    public async Task The_end_of_the_terminal_ends_the_deck()
    {
        await using var deck = new AppHarness();
        deck.Host.Close("hang-up");
        await deck.Running.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task The_clock_goes_on()
    {
        await using var deck = new AppHarness();
        await deck.UntilShownAsync("14:00:");
        deck.Time.Advance(TimeSpan.FromHours(1));
        await deck.UntilAsync(() => deck.Screen.Contains("15:00:", StringComparison.Ordinal), "the next hour", TimeSpan.FromSeconds(1));
    }
}
