using System.Threading.Channels;
using AgentDeck.Engine;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.Cli;

/// <summary>Follows the configuration file while the deck runs: a good edit reaches the engine and then the deck, a broken one is shown and changes nothing.</summary>
internal sealed class ConfigurationReloads : IAsyncDisposable
{
    private readonly Channel<ConfigurationResult> _read = Channel.CreateBounded<ConfigurationResult>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Channel<DeckConfiguration> _good = Channel.CreateBounded<DeckConfiguration>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly ConfigurationInput _input;
    private readonly FleetEngine _engine;
    private readonly ConfigurationWatcher _watcher;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _following;

    private ConfigurationReloads(ConfigurationInput input, FleetEngine engine, string file, TimeProvider time)
    {
        _input = input;
        _engine = engine;
        _watcher = new ConfigurationWatcher(input.Loader, file, input.CurrentDirectory, time, result => _read.Writer.TryWrite(result));
        _following = FollowAsync(_ending.Token);
    }

    /// <summary>Why edits are not seen, in words for the operator; null when they are.</summary>
    public string? Fault => _watcher.Fault;

    /// <summary>Begins to follow the file; null when there is none to follow.</summary>
    public static ConfigurationReloads? Start(ConfigurationInput input, FleetEngine engine, TimeProvider time) =>
        input.FindFile() is { } file ? new ConfigurationReloads(input, engine, file, time) : null;

    /// <summary>Good configurations that the engine already follows; only the newest while the reader is away.</summary>
    public IAsyncEnumerable<DeckConfiguration> ReadAllAsync() => _good.Reader.ReadAllAsync(CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _watcher.Dispose();
        await _ending.CancelAsync();
        try
        {
            await _following;
        }
        catch (OperationCanceledException)
        {
            // The end that was asked for.
        }

        _ending.Dispose();
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var result in _read.Reader.ReadAllAsync(cancellationToken))
        {
            if (result.Configuration is null)
            {
                _engine.ReportProblems(result.Problems);
                continue;
            }

            try
            {
                var configuration = _input.Apply(result.Configuration);
                await _engine.ReconfigureAsync(configuration, result.Problems, cancellationToken);
                _good.Writer.TryWrite(configuration);
            }
            catch (CliException refused)
            {
                _engine.ReportProblems([.. result.Problems, new ConfigurationProblem(result.Configuration.File ?? "agents.toml", 0, 0, refused.Message, IsWarning: false)]);
            }
        }
    }
}
