namespace AgentDeck.EndToEnd.Tests;

public sealed class FootprintTests
{
    [Fact]
    public async Task Nothing_but_its_folder_of_state_is_written_in_the_home_of_an_operator()
    {
        await using var bench = new Workbench();
        var deck = await bench.StartDeckWithClockAsync();

        await deck.PressAsync("q");
        await deck.SeeAsync("ready>");

        var state = Path.Combine(bench.Home, ".local/state/agentdeck") + "/";
        var written = Directory.GetFiles(bench.Home, "*", SearchOption.AllDirectories);
        Assert.Contains(written, file => file.StartsWith(state, StringComparison.Ordinal));
        Assert.Equal([bench.ConfigurationFile], written.Where(file => !file.StartsWith(state, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_version_is_printed_with_the_commit_where_there_is_one()
    {
        await using var bench = new Workbench();

        var printed = await bench.RunAsync("--version");

        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+(\\+[0-9a-f]{40})?\n$", printed.Output);
    }
}
