namespace AgentDeck.EndToEnd.Tests;

public sealed class AttachTests
{
    [Fact]
    public async Task Attaching_gives_the_agents_own_terminal_at_the_right_size_and_detaching_gives_the_deck_back()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithParrotAsync();

        await deck.PressAsync("Enter");
        await deck.SeeAsync(screen => screen.Contains("[parrot]", StringComparison.Ordinal) && !screen.Contains("AgentDeck", StringComparison.Ordinal), "the agent's own tmux client");
        Assert.Equal("120x39", await bench.Agents.AskAsync("parrot", "#{window_width}x#{window_height}"));

        await deck.TypeAsync("by hand");
        await deck.PressAsync("Enter");
        await bench.Agents.SeeAsync("parrot", "heard: <by hand>");

        await deck.ResizeAsync(100, 30);
        await Eventually.HoldsAsync(() => bench.Agents.AskAsync("parrot", "#{window_width}x#{window_height}"), size => size == "100x29", "the agent follows the terminal");

        await deck.PressAsync("C-]");
        await deck.SeeAsync("AgentDeck", "here/parrot", "heard: <by hand>");
        await deck.PressAsync("?");
        await deck.SeeAsync("attach");
    }

    [Fact]
    public async Task The_first_key_after_coming_back_belongs_to_the_deck()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithParrotAsync();
        await deck.PressAsync("Enter");
        await deck.SeeAsync("[parrot]");
        await deck.PressAsync("C-]");
        await deck.SeeAsync("AgentDeck");

        await deck.PressAsync("q");

        await deck.SeeAsync("ready>");
    }

    [Fact]
    public async Task The_own_detach_of_tmux_comes_back_too()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithParrotAsync();
        await deck.PressAsync("Enter");
        await deck.SeeAsync("[parrot]");

        // The terminal of this test is tmux itself, whose prefix does not swallow keys that are sent to the pane.
        await deck.PressAsync("C-b", "d");

        await deck.SeeAsync("AgentDeck", "here/parrot");
    }

    [Fact]
    public async Task An_agent_that_ends_while_attached_brings_the_deck_back_with_a_word()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("mortal", "echo alive; read x; exit 3");
        await bench.Agents.StartAsync("other", Agents.Quiet);
        var deck = await bench.StartDeckAsync();
        await deck.SeeAsync("alive");
        await deck.TypeAsync("/mortal");
        await deck.PressAsync("Enter");
        await deck.PressAsync("Enter");
        await deck.SeeAsync("[mortal]");

        await deck.PressAsync("Enter");

        await deck.SeeAsync("AgentDeck", "here/mortal", "ended");
    }

    [Fact]
    public async Task The_verb_attaches_without_the_deck()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithParrotAsync();
        await deck.PressAsync("q");
        await deck.SeeAsync("ready>");

        await deck.TypeAsync($"{Workbench.Program} attach parrot");
        await deck.PressAsync("Enter");
        await deck.SeeAsync("[parrot]");
        await deck.PressAsync("C-]");

        await deck.SeeAsync(screen => !screen.Contains("[parrot]", StringComparison.Ordinal) && screen.Contains("ready>", StringComparison.Ordinal), "the shell again");
    }
}
