namespace AgentDeck.EndToEnd.Tests;

public sealed class ActingTests
{
    [Fact]
    public async Task A_nudge_is_typed_submitted_and_reported_as_delivered()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithParrotAsync();

        await deck.PressAsync("n");
        await deck.TypeAsync("-l; it's \"fine\" $HOME");
        await deck.PressAsync("Enter");

        await bench.Agents.SeeAsync("parrot", "heard: <-l; it's \"fine\" $HOME>");
        await deck.SeeAsync("delivered");
    }

    [Fact]
    public async Task A_nudge_of_several_lines_arrives_line_by_line()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithParrotAsync();

        await deck.PressAsync("n");
        await deck.TypeAsync("one");
        await deck.PressAsync("M-Enter");
        await deck.TypeAsync("two");
        await deck.PressAsync("Enter");

        await bench.Agents.SeeAsync("parrot", "heard: <one>");
        await bench.Agents.SeeAsync("parrot", "heard: <two>");
    }

    [Fact]
    public async Task A_nudge_goes_to_all_marked_agents_and_says_how_each_went()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("anna", Agents.Parrot);
        await bench.Agents.StartAsync("bert", Agents.Parrot);
        await bench.Agents.StartAsync("carl", Agents.Parrot);
        var deck = await bench.StartDeckAsync();
        await deck.SeeAsync("here/anna", "here/bert", "here/carl");

        await deck.PressAsync("*");
        await deck.PressAsync("n");
        await deck.TypeAsync("to all");
        await deck.PressAsync("Enter");

        foreach (var agent in new[] { "anna", "bert", "carl" })
        {
            await bench.Agents.SeeAsync(agent, "heard: <to all>");
        }

        await deck.SeeAsync(screen => screen.Split("delivered").Length > 3, "three results say delivered");
    }

    [Fact]
    public async Task An_interrupt_reaches_the_agent_as_its_own_key()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithParrotAsync();

        await deck.PressAsync("i");

        await bench.Agents.SeeAsync("parrot", "INTERRUPTED");
        await deck.SeeAsync("INTERRUPTED");
    }

    [Fact]
    public async Task Clearing_drops_the_scrollback_and_says_when_there_is_none()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("talker", "seq 200; sleep 1000");
        var deck = await bench.StartDeckAsync();
        await deck.SeeAsync("200");
        Assert.NotEqual("0", await bench.Agents.AskAsync("talker", "#{history_size}"));

        await deck.PressAsync("c");
        await Eventually.HoldsAsync(() => bench.Agents.AskAsync("talker", "#{history_size}"), size => size == "0", "the history is empty");

        await deck.PressAsync("c");
        await deck.SeeAsync("nothing to clear");
    }

    [Fact]
    public async Task Keys_and_pastes_go_through_to_the_agent_until_the_way_out_is_pressed()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithParrotAsync();

        await deck.PressAsync("I");
        await deck.TypeAsync("q typed ünïcode");
        await deck.PressAsync("Enter");
        await bench.Agents.SeeAsync("parrot", "heard: <q typed ünïcode>");
        await deck.PressAsync("C-c");
        await bench.Agents.SeeAsync("parrot", "INTERRUPTED");

        await deck.PressAsync("C-]");
        await deck.PressAsync("?");
        await deck.SeeAsync("nudge", "interrupt");
    }

    [Fact]
    public async Task A_declared_agent_starts_with_the_deck_and_can_be_stopped_and_started_again()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithClockAsync();
        var firstPid = await bench.Agents.AskAsync("clock", "#{pane_pid}");

        await deck.PressAsync("x");
        await deck.PressAsync("y");
        await deck.SeeAsync("stopped");

        await deck.PressAsync("s");
        await deck.PressAsync("y");
        await deck.SeeAsync("running");
        Assert.NotEqual(firstPid, await bench.Agents.AskAsync("clock", "#{pane_pid}"));
    }

    [Fact]
    public async Task Quitting_leaves_the_agents_running_and_says_so()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithAsync("chatter", Agents.Chatter, "tick ");

        await deck.PressAsync("q");

        await deck.SeeAsync("ready>", "1 agent");
        Assert.Equal("0", await deck.AskTerminalAsync("#{alternate_on}"));
        await bench.Agents.SeeAsync("chatter", "tick ");
    }

    [Fact]
    public async Task Read_only_refuses_everything_that_writes()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("parrot", Agents.Parrot);
        var deck = await bench.StartDeckAsync(arguments: "--read-only");
        var screen = await deck.SeeAsync("parrot ready");
        Assert.DoesNotContain("nudge", screen, StringComparison.Ordinal);

        await deck.PressAsync("i");

        await deck.SeeAsync("read-only");
        Assert.DoesNotContain("INTERRUPTED", await bench.Agents.ScreenAsync("parrot"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nudge_does_not_answer_an_approval_menu_that_has_just_appeared()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("asker", "printf 'Do you want to proceed?\n❯ 1. Yes\n  2. No\n'; while read -r answer; do echo \"chose <$answer>\"; done");
        await bench.Agents.SeeAsync("asker", "2. No");

        // At once: by its output the agent still counts as busy.
        var nudge = await bench.RunAsync("nudge", "asker", "carry on");

        Assert.Equal(1, nudge.ExitCode);
        Assert.Contains("approval menu", nudge.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("chose", await bench.Agents.ScreenAsync("asker"), StringComparison.Ordinal);
        Assert.Equal(0, (await bench.RunAsync("nudge", "asker", "1", "--force")).ExitCode);
        await bench.Agents.SeeAsync("asker", "chose <1>");
    }
}
