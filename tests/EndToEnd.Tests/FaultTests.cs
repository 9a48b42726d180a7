namespace AgentDeck.EndToEnd.Tests;

public sealed class FaultTests
{
    [Fact]
    public async Task When_the_tmux_server_is_killed_the_deck_says_so_and_finds_the_next_one()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithAsync("quiet", Agents.Quiet, "all quiet");

        await bench.Agents.KillHardAsync();
        await deck.SeeAsync(screen => screen.Contains("0 agents", StringComparison.Ordinal), "no agent is claimed to live");

        // tmux itself needs a moment to get over the socket of the dead server.
        await Eventually.HoldsAsync(() => bench.Agents.TryStartAsync("again", Agents.Quiet), started => started, "a new server runs");
        await deck.SeeAsync("here/again", "all quiet");
    }

    [Fact]
    public async Task A_declared_agent_whose_server_was_killed_comes_back_by_itself()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithClockAsync();

        await bench.Agents.KillHardAsync();

        await deck.SeeAsync("running", "born");
        await deck.PressAsync("e");
        await deck.SeeAsync("from running to failed (ServerGone", "start again");
    }

    [Fact]
    public async Task A_declared_agent_that_is_to_stay_ended_is_shown_as_failed_and_can_be_started_by_hand()
    {
        await using var bench = new Workbench();
        bench.WriteConfiguration("""
            [[agent]]
            name = "clock"
            source = "here"
            command = "echo born; while :; do sleep 1; done"
            restart = "never"
            """);
        var deck = await bench.StartDeckAsync();
        await deck.SeeAsync("here/clock", "running", "born");

        await bench.Agents.KillHardAsync();
        await deck.SeeAsync(screen => screen.Contains("here/clock", StringComparison.Ordinal) && screen.Contains("failed", StringComparison.Ordinal), "the agent is failed");

        await deck.PressAsync("s");
        await deck.PressAsync("y");
        await deck.SeeAsync("running", "born");
    }

    [Fact]
    public async Task An_agent_that_fails_keeps_its_last_screen_and_its_exit_code()
    {
        await using var bench = new Workbench();
        bench.WriteConfiguration("""
            [[agent]]
            name = "unlucky"
            source = "here"
            command = "echo last words; sleep 1; exit 42"
            restart = "never"
            """);
        var deck = await bench.StartDeckAsync();

        await deck.SeeAsync("here/unlucky", "failed", "exit 42", "last words");
        await deck.PressAsync("d");
        await deck.SeeAsync("exit code 42");
        await deck.PressAsync("Escape");
        await deck.SeeAsync("here/unlucky", "last words");
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("QUIT")]
    public async Task A_signal_ends_the_deck_and_leaves_the_terminal_as_it_was(string signal)
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithAsync("quiet", Agents.Quiet, "all quiet");

        await deck.SignalAsync(signal);

        // The shell's prompt from before the deck is on the screen again at once; the one after it comes last.
        await deck.SeeAsync(
            screen => screen.Contains("keeps running", StringComparison.Ordinal) && screen.TrimEnd().EndsWith("ready>", StringComparison.Ordinal), "the shell again");
        Assert.Equal("0 1 0 0", await deck.AskTerminalAsync("#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{keypad_flag}"));
        await deck.TypeAsync("echo sane $((40+2))");
        await deck.PressAsync("Enter");
        await deck.SeeAsync("sane 42");
    }

    [Fact]
    public async Task A_stop_and_fg_paint_the_deck_again()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithAsync("quiet", Agents.Quiet, "all quiet");

        await deck.PressAsync("C-z");
        await deck.SeeAsync(screen => screen.Contains("ready>", StringComparison.Ordinal) && !screen.Contains("all quiet", StringComparison.Ordinal), "the shell");
        Assert.Equal("0", await deck.AskTerminalAsync("#{alternate_on}"));

        await deck.TypeAsync("fg");
        await deck.PressAsync("Enter");
        await deck.SeeAsync("AgentDeck", "all quiet");
        await deck.PressAsync("q");
        await deck.SeeAsync("ready>");
    }

    [Fact]
    public async Task When_the_terminal_closes_the_deck_ends_and_the_agents_live()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithAsync("chatter", Agents.Chatter, "tick ");
        var pid = await deck.PidAsync();

        await deck.CloseTerminalAsync();

        await Eventually.HoldsAsync(() => Task.FromResult(Directory.Exists($"/proc/{pid}")), exists => !exists, "the deck has ended");
        await Eventually.HoldsAsync(() => bench.Agents.RunAsync("list-clients"), clients => clients.Length == 0, "no client of the deck is left");
        await bench.Agents.SeeAsync("chatter", "tick ");
    }

    [Fact]
    public async Task A_deck_that_is_killed_with_questions_unanswered_leaves_nothing_behind_and_its_agents_unharmed()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithAsync("chatter", Agents.Chatter, "tick ");
        var server = await bench.Agents.PidAsync();

        await bench.Agents.SignalAsync(server, "STOP");
        await NudgeAsync(deck);
        await deck.SignalAsync("KILL");
        await bench.Agents.SignalAsync(server, "CONT");

        await Eventually.HoldsAsync(() => bench.Agents.RunAsync("list-clients"), clients => clients.Length == 0, "no client of the deck is left");
        await bench.Agents.SeeAsync("chatter", "tick ");
    }

    [Fact]
    public async Task A_terminal_that_closes_with_questions_unanswered_does_not_harm_the_agents()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithAsync("chatter", Agents.Chatter, "tick ");
        var server = await bench.Agents.PidAsync();

        await bench.Agents.SignalAsync(server, "STOP");
        await NudgeAsync(deck);
        await deck.CloseTerminalAsync();
        await bench.Agents.SignalAsync(server, "CONT");

        await Eventually.HoldsAsync(() => bench.Agents.RunAsync("list-clients"), clients => clients.Length == 0, "no client of the deck is left");
        await bench.Agents.SeeAsync("chatter", "tick ");
    }

    [Fact]
    public async Task A_broken_edit_keeps_the_last_good_fleet_and_shows_why()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithAsync("quiet", Agents.Quiet, "all quiet");
        var good = await File.ReadAllTextAsync(bench.ConfigurationFile);

        await File.WriteAllTextAsync(bench.ConfigurationFile, good + "\n[[agent]]\nname = 7\n");
        await deck.SeeAsync("agents.toml", "here/quiet");

        await File.WriteAllTextAsync(bench.ConfigurationFile, good);
        await deck.SeeNoMoreAsync("agents.toml:");
    }

    [Fact]
    public async Task Deleting_the_configuration_keeps_the_fleet()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithAsync("quiet", Agents.Quiet, "all quiet");

        File.Delete(bench.ConfigurationFile);

        await deck.SeeAsync("agents.toml", "here/quiet");
    }

    [Fact]
    public async Task A_full_disk_for_logs_does_not_stop_the_deck()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("parrot", Agents.Parrot);
        var state = Directory.CreateDirectory(Path.Combine(bench.Home, ".local", "state", "agentdeck")).FullName;
        // A file that opens and answers every write with "no space left on device".
        File.CreateSymbolicLink(Path.Combine(state, "agentdeck.log"), "/dev/full");

        var deck = await bench.StartDeckAsync(arguments: ["--log-level", "trace"]);
        await deck.SeeAsync("here/parrot", "parrot ready");
        await deck.PressAsync("n");
        await deck.TypeAsync("still there?");
        await deck.PressAsync("Enter");

        await deck.SeeAsync("heard: <still there?>", "delivered");

        await deck.PressAsync("q");
        await deck.SeeAsync(screen => screen.TrimEnd().EndsWith("ready>", StringComparison.Ordinal), "the shell again");
        await deck.TypeAsync("echo ended with $?");
        await deck.PressAsync("Enter");
        await deck.SeeAsync("ended with 0");
    }

    [Fact]
    public async Task A_folder_for_logs_that_cannot_be_made_is_told_and_does_not_stop_the_deck()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("quiet", Agents.Quiet);

        var deck = await bench.StartDeckAsync(environment: "XDG_STATE_HOME=/dev/full");

        await deck.SeeAsync("here/quiet", "all quiet", "no log is written");
    }

    [Fact]
    public async Task A_flood_slows_neither_keys_nor_neighbours()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("flood", "exec yes 0123456789012345678901234567890123456789012345678901234567890123456789");
        await bench.Agents.StartAsync("parrot", Agents.Parrot);
        var deck = await bench.StartDeckAsync();
        await deck.SeeAsync("0123456789", "parrot ready");

        await deck.TypeAsync("/parrot");
        await deck.PressAsync("Enter");
        await deck.PressAsync("n");
        await deck.TypeAsync("still here");
        await deck.PressAsync("Enter");

        await deck.SeeAsync("heard: <still here>");
        var memory = (await File.ReadAllLinesAsync($"/proc/{await deck.PidAsync()}/status")).Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        Assert.True(int.Parse(memory.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) < 150_000, memory);
    }

    private static async Task NudgeAsync(Deck deck)
    {
        await deck.PressAsync("n");
        await deck.TypeAsync("hello");
        await deck.PressAsync("Enter");
    }
}
