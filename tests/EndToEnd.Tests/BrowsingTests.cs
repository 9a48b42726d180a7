namespace AgentDeck.EndToEnd.Tests;

public sealed class BrowsingTests
{
    [Fact]
    public async Task A_filter_narrows_the_list_and_the_wall_while_it_is_typed()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("chatter", Agents.Chatter);
        var deck = await bench.StartDeckWithAsync("quiet", Agents.Quiet, "all quiet");
        await deck.SeeAsync("tick ");

        await deck.PressAsync("/");
        await deck.TypeAsync("qui");

        await deck.SeeAsync(
            screen => screen.Contains("here/quiet", StringComparison.Ordinal) && !screen.Contains("here/chatter", StringComparison.Ordinal) && !screen.Contains("tick ", StringComparison.Ordinal),
            "only the agent that passes the filter is shown");
    }

    [Fact]
    public async Task A_focused_pane_scrolls_into_its_history_and_back()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithAsync("counter", "seq -f 'line %g' 300; sleep 1000", "line 300");

        await deck.PressAsync("Tab");
        await deck.PressAsync("g");
        await deck.SeeAsync("line 1 ");

        await deck.PressAsync("G");
        await deck.SeeAsync("line 300");
        Assert.Equal("0", await bench.Agents.AskAsync("counter", "#{pane_in_mode}"));
    }

    [Fact]
    public async Task A_screenshot_is_written_as_a_picture_and_as_text()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithAsync("quiet", Agents.Quiet, "all quiet");

        await deck.PressAsync(":");
        await deck.TypeAsync("screenshot");
        await deck.PressAsync("Enter");

        string[] Files() => Directory.GetFiles(bench.Home, "agentdeck-*");
        await Eventually.HoldsAsync(() => Task.FromResult(Files()), files => files.Length == 2, "both files are there");
        var text = await File.ReadAllTextAsync(Files().Single(file => file.EndsWith(".txt", StringComparison.Ordinal)));
        Assert.Contains("all quiet", text, StringComparison.Ordinal);
        var picture = await File.ReadAllTextAsync(Files().Single(file => file.EndsWith(".svg", StringComparison.Ordinal)));
        Assert.StartsWith("<svg", picture.TrimStart(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Themes_are_previewed_and_the_old_one_comes_back()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithAsync("quiet", Agents.Quiet, "all quiet");
        var before = await deck.ColouredScreenAsync();

        await deck.PressAsync("t");
        await deck.SeeAsync("daylight", "solarized");
        var list = await deck.ColouredScreenAsync();
        await deck.PressAsync("Down");
        await Eventually.HoldsAsync(deck.ColouredScreenAsync, screen => Backgrounds(screen) != Backgrounds(list), "the preview has other colours");

        await deck.PressAsync("Escape");
        await Eventually.HoldsAsync(deck.ColouredScreenAsync, screen => Backgrounds(screen) == Backgrounds(before), "the old colours are back");
    }

    [Fact]
    public async Task Without_colour_the_states_are_still_told_apart()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("quiet", Agents.Quiet);

        var deck = await bench.StartDeckAsync(environment: "NO_COLOR=1");

        await deck.SeeAsync("here/quiet", "running", "○");
        Assert.DoesNotContain("38;", await deck.ColouredScreenAsync(), StringComparison.Ordinal);
    }

    // The first line is the header, which every theme paints in its own background.
    private static string Backgrounds(string screen) => screen.Split('\n')[0].Split("AgentDeck")[0];
}
