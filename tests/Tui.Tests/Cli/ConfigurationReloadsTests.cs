using System.CommandLine;
using AgentDeck.Engine;
using AgentDeck.Engine.Configuration;
using AgentDeck.Testing;
using AgentDeck.Tui.Cli;

namespace AgentDeck.Tui.Tests.Cli;

public sealed class ConfigurationReloadsTests : IAsyncLifetime
{
    private const string Source = "[[source]]\nname = \"here\"\nkind = \"local\"\nsocket = \"agentdeck-no-such-server\"\n";

    private readonly string _home = Directory.CreateTempSubdirectory("agentdeck-reloads-").FullName;
    private readonly FleetEngine _engine = FleetEngine.Start(
        new DeckConfiguration { Sources = [new LocalSourceSpec("here", "agentdeck-no-such-server")] }, [], new EngineOptions { ObserveOnly = true });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    [Theory]
    [InlineData("work/agents.toml")]
    [InlineData(".config/agentdeck/agents.toml")]
    public async Task A_deck_that_started_without_a_file_follows_the_first_that_appears(string file)
    {
        await using var reloads = Follow();
        await using var read = reloads.ReadAllAsync().GetAsyncEnumerator();

        Write(file, "[deck]\npanes = 9\n");
        Assert.Equal(9, (await NextAsync(read)).Deck.Panes);

        Write(file, "[deck]\npanes = 2\n");
        Assert.Equal(2, (await NextAsync(read)).Deck.Panes);
    }

    [Fact]
    public async Task A_broken_edit_is_told_and_the_next_good_one_followed()
    {
        Write("work/agents.toml", "");
        await using var reloads = Follow();
        await using var read = reloads.ReadAllAsync().GetAsyncEnumerator();
        using var told = _engine.Store.Subscribe();

        Write("work/agents.toml", "[deck]\npanes = 5\n");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await foreach (var update in told.ReadAllAsync(deadline.Token))
        {
            if (update.Snapshot.Problems is [{ Line: 2 }])
            {
                break;
            }
        }

        Write("work/agents.toml", "[deck]\npanes = 6\n");
        Assert.Equal(6, (await NextAsync(read)).Deck.Panes);
        Assert.Empty(_engine.Store.Current.Problems);
    }

    private static async Task<DeckConfiguration> NextAsync(IAsyncEnumerator<DeckConfiguration> read)
    {
        Assert.True(await read.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        return read.Current;
    }

    private ConfigurationReloads Follow()
    {
        var options = new GlobalOptions();
        var root = new RootCommand();
        options.AddTo(root);
        var services = new CliServices(
            new FakeCliConsole(), TimeProvider.System, new EngineLauncher(TimeProvider.System), new FakeCommandRunner(),
            name => name == "HOME" ? _home : null, Directory.CreateDirectory(Path.Combine(_home, "work")).FullName);
        return new ConfigurationReloads(new ConfigurationInput(services, options, root.Parse([])), _engine, TimeProvider.System);
    }

    // Renamed into place, so that no half of it is ever read.
    private void Write(string file, string content)
    {
        var path = Path.Combine(_home, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".new", content + Source);
        File.Move(path + ".new", path, overwrite: true);
    }
}
