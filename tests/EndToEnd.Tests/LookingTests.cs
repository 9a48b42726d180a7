namespace AgentDeck.EndToEnd.Tests;

public sealed class LookingTests
{
    [Fact]
    public async Task The_first_screen_lists_the_agents_and_shows_their_live_panes()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("chatter", Agents.Chatter);
        await bench.Agents.StartAsync("quiet", Agents.Quiet);

        var deck = await bench.StartDeckAsync();

        await deck.SeeAsync("here live", "2 agents", "here/chatter", "here/quiet", "all quiet", "tick ");
    }

    [Fact]
    public async Task An_agent_that_appears_and_goes_is_seen_without_a_key()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("first", Agents.Quiet);
        var deck = await bench.StartDeckAsync();
        await deck.SeeAsync("here/first");

        await bench.Agents.StartAsync("second", Agents.Quiet);
        await deck.SeeAsync("here/second", "2 agents");

        await bench.Agents.RunAsync("kill-session", "-t", "=second");
        await deck.SeeNoMoreAsync("here/second");
    }

    [Fact]
    public async Task A_server_that_starts_after_the_deck_is_found()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckAsync();
        await deck.SeeAsync("here live", "0 agents");

        await bench.Agents.StartAsync("late", Agents.Quiet);

        await deck.SeeAsync("here/late", "all quiet");
    }

    [Theory]
    [InlineData(200, 60)]
    [InlineData(80, 24)]
    [InlineData(59, 14)]
    [InlineData(20, 5)]
    public async Task Every_size_of_terminal_works_and_may_change_at_any_time(int columns, int rows)
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithAsync("quiet", Agents.Quiet, "all quiet");

        await deck.ResizeAsync(columns, rows);
        await deck.SeeAsync(screen => screen.TrimEnd('\n').Split('\n').All(line => line.Length <= columns) && screen.Contains("quiet", StringComparison.Ordinal), $"the list shows at {columns}x{rows}");

        await deck.ResizeAsync(120, 40);
        await deck.SeeAsync("here/quiet", "all quiet");
        Assert.Equal("80x24", await bench.Agents.AskAsync("quiet", "#{window_width}x#{window_height}"));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("it's \"quoted\"")]
    [InlineData("semi;colon")]
    [InlineData("rocket 🚀 ship")]
    [InlineData("-dash")]
    [InlineData("$(touch x) `id` #{pid}")]
    public async Task A_session_of_any_name_is_shown_and_can_be_spoken_to(string name)
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("placeholder", Agents.Parrot);
        await bench.Agents.RunAsync("rename-session", "-t", "=placeholder", "--", name);
        var shown = (await bench.Agents.RunAsync("list-sessions", "-F", "#{session_name}")).TrimEnd('\n');
        var deck = await bench.StartDeckAsync();
        await deck.SeeAsync(shown[..Math.Min(shown.Length, 8)], "parrot ready");

        await deck.PressAsync("n");
        await deck.TypeAsync("hello there");
        await deck.PressAsync("Enter");

        await deck.SeeAsync("heard: <hello there>");
    }

    [Fact]
    public async Task Nothing_hostile_that_an_agent_prints_reaches_the_terminal()
    {
        await using var bench = new Workbench();
        const string hostile = """
            printf '\033]0;OWNED\007\033]52;c;T1dORUQ=\007\033[6n\033[c\033P+q544e\033\\\033[?1049l\033[2J\033[31mred\033[0m\302\233\n'
            printf 'bidi \342\200\256 evil \342\201\246\n'
            printf 'a'; i=0; while [ $i -lt 3000 ]; do printf '\314\201'; i=$((i+1)); done; echo
            printf '\377\376 broken \300\200\n'
            head -c 1000000 /dev/zero | tr '\0' 'x'; echo
            echo survived; sleep 1000
            """;
        await bench.Agents.StartAsync("evil", hostile);
        await bench.Agents.StartAsync("good", Agents.Quiet);

        var deck = await bench.StartDeckAsync();

        await deck.SeeAsync("survived", "all quiet", "here/good", "AgentDeck");
        Assert.DoesNotContain("OWNED", await deck.AskTerminalAsync("#{pane_title}"), StringComparison.Ordinal);
        Assert.Equal("1", await deck.AskTerminalAsync("#{alternate_on}"));
    }

    [Fact]
    public async Task Watching_the_operators_own_server_changes_nothing_in_it()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("work", Agents.Chatter, 91, 33);
        async Task<string> StateAsync() =>
            await bench.Agents.RunAsync("show-options", "-g") + await bench.Agents.RunAsync("show-options", "-s")
            + await bench.Agents.RunAsync("list-keys") + await bench.Agents.RunAsync("show-hooks", "-g")
            + await bench.Agents.RunAsync("list-windows", "-a", "-F", "#{session_name} #{window_width}x#{window_height} #{window_layout} #{automatic-rename} #{pane_in_mode}")
            + await bench.Agents.RunAsync("show-environment", "-t", "=work:")
            + await bench.Agents.RunAsync("show-options", "-w", "-t", "=work:") + await bench.Agents.RunAsync("show-options", "-t", "=work:");
        var before = await StateAsync();

        var deck = await bench.StartDeckAsync();
        await deck.SeeAsync("tick ");
        await deck.ResizeAsync(200, 60);
        await deck.PressAsync("z");
        await deck.SeeAsync("tick ");
        Assert.Equal(before, await StateAsync());
        await deck.PressAsync("q");
        await deck.SeeAsync("ready>");

        await Eventually.HoldsAsync(() => bench.Agents.RunAsync("list-clients"), clients => clients.Length == 0, "no client of the deck is left");
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task Two_decks_may_watch_the_same_agents()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("chatter", Agents.Chatter);

        var first = await bench.StartDeckAsync(name: "first");
        var second = await bench.StartDeckAsync(columns: 90, rows: 30, name: "second");

        await first.SeeAsync("here/chatter", "tick ");
        await second.SeeAsync("here/chatter", "tick ");
        Assert.Equal("80x24", await bench.Agents.AskAsync("chatter", "#{window_width}x#{window_height}"));
    }
}
