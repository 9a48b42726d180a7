using System.Threading.Channels;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Toml;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Configuration;

public sealed class ConfigurationWatcherTests : IDisposable
{
    private static readonly ConfigurationLoader Loader = new(new TomlReader(), new UserDirectories("/", "/", "/"));

    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-watcher").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly Channel<ConfigurationResult> _results = Channel.CreateUnbounded<ConfigurationResult>();

    private string File => Path.Combine(_folder, "agents.toml");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Many_touches_in_a_short_time_are_one_result()
    {
        using var watcher = Watch("[deck]\npanes = 2");

        watcher.Touch();
        _time.Advance(ConfigurationWatcher.Quiet / 2);
        watcher.Touch();
        _time.Advance(ConfigurationWatcher.Quiet / 2);
        Assert.False(_results.Reader.TryPeek(out _));
        _time.Advance(ConfigurationWatcher.Quiet / 2);

        Assert.True(_results.Reader.TryRead(out var result));
        Assert.Equal(2, result.Configuration!.Deck.Panes);
        Assert.False(_results.Reader.TryPeek(out _));
    }

    [Fact]
    public async Task File_that_is_replaced_broken_and_deleted_gives_a_result_each_time()
    {
        using var watcher = Watch("[deck]\npanes = 2");
        Assert.Null(watcher.Fault);

        var replacement = Path.Combine(_folder, "agents.toml.new");
        await System.IO.File.WriteAllTextAsync(replacement, "[deck]\npanes = 9");
        System.IO.File.Move(replacement, File, overwrite: true);
        Assert.Equal(9, (await NextAsync()).Configuration!.Deck.Panes);

        await System.IO.File.WriteAllTextAsync(File, "[deck]\npanes = 7");
        Assert.Equal(2, Assert.Single((await NextAsync(result => result.Problems.Length > 0)).Problems).Line);

        System.IO.File.Delete(File);
        Assert.Contains("does not exist", Assert.Single((await NextAsync(result => result.Problems is [{ Line: 0 }])).Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_reported_after_disposal()
    {
        var watcher = Watch("");
        watcher.Touch();
        watcher.Dispose();
        _time.Advance(ConfigurationWatcher.Quiet);

        Assert.False(_results.Reader.TryPeek(out _));
    }

    [Fact]
    public async Task File_in_folders_that_are_made_later_is_seen()
    {
        var folder = Path.Combine(_folder, ".config", "agentdeck");
        using var watcher = new ConfigurationWatcher(Loader, Path.Combine(folder, "agents.toml"), _folder, _time, result => _results.Writer.TryWrite(result));
        Assert.Null(watcher.Fault);

        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        await NextAsync(result => result.Configuration is null);
        Directory.CreateDirectory(folder);
        await NextAsync(result => result.Configuration is null);
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "agents.toml"), "[deck]\npanes = 9");

        Assert.Equal(9, (await NextAsync(result => result.Configuration?.Deck.Panes == 9)).Configuration!.Deck.Panes);
    }

    [Fact]
    public async Task Folder_that_was_deleted_and_made_again_is_followed()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "fleet")).FullName;
        using var watcher = new ConfigurationWatcher(Loader, Path.Combine(folder, "agents.toml"), _folder, _time, result => _results.Writer.TryWrite(result));
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "agents.toml"), "[deck]\npanes = 2");
        await NextAsync(result => result.Configuration?.Deck.Panes == 2);

        Directory.Delete(folder, recursive: true);
        await NextAsync(result => result.Configuration is null);
        Directory.CreateDirectory(folder);
        await NextAsync(result => result.Configuration is null);
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "agents.toml"), "[deck]\npanes = 6");

        await NextAsync(result => result.Configuration?.Deck.Panes == 6);
    }

    private ConfigurationWatcher Watch(string content)
    {
        System.IO.File.WriteAllText(File, content);
        return new ConfigurationWatcher(Loader, "agents.toml", _folder, _time, result => _results.Writer.TryWrite(result));
    }

    // The notifications come from the system: wait for their timer, then let its quiet time pass. A write may show as two states.
    private async Task<ConfigurationResult> NextAsync(Func<ConfigurationResult, bool>? wanted = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            while (_results.Reader.TryRead(out var result))
            {
                if (wanted?.Invoke(result) ?? result.Configuration is not null)
                {
                    return result;
                }
            }

            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
            if (_time.PendingTimers > 0)
            {
                _time.Advance(ConfigurationWatcher.Quiet);
            }
        }
    }
}
