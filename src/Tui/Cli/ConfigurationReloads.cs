using System.Collections.Immutable;
using System.Threading.Channels;
using AgentDeck.Engine;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.Cli;

/// <summary>
/// Follows the configuration file while the deck runs: a good edit reaches the engine and then the deck, a broken one is shown
/// and changes nothing. Without a file every place where one is looked for is watched, and the first that appears is followed.
/// </summary>
internal sealed class ConfigurationReloads : IAsyncDisposable
{
    private readonly Channel<ConfigurationResult> _read = Channel.CreateBounded<ConfigurationResult>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Channel<DeckConfiguration> _good = Channel.CreateBounded<DeckConfiguration>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly ConfigurationInput _input;
    private readonly FleetEngine _engine;
    private readonly ImmutableArray<ConfigurationWatcher> _watchers;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _following;
    private readonly Lock _gate = new();
    private string? _file;

    /// <summary>Begins to follow.</summary>
    /// <param name="input">Says which file is meant, and what the command line says in its place.</param>
    /// <param name="engine">Gets every configuration first.</param>
    /// <param name="time">The clock of the watchers.</param>
    public ConfigurationReloads(ConfigurationInput input, FleetEngine engine, TimeProvider time)
    {
        _input = input;
        _engine = engine;
        _file = input.FindFile();
        var places = _file is { } file ? [file] : input.Candidates();
        _watchers = [.. places.Select(place => new ConfigurationWatcher(input.Loader, place, input.CurrentDirectory, time, result => Take(place, result)))];
        _following = FollowAsync(_ending.Token);
    }

    /// <summary>Why edits are not seen, in words for the operator; null when they are.</summary>
    public string? Fault => _watchers.Select(watcher => watcher.Fault).FirstOrDefault(fault => fault is not null);

    /// <summary>Good configurations that the engine already follows; only the newest while the reader is away.</summary>
    public IAsyncEnumerable<DeckConfiguration> ReadAllAsync() => _good.Reader.ReadAllAsync(CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var watcher in _watchers)
        {
            watcher.Dispose();
        }

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

    private void Take(string place, ConfigurationResult result)
    {
        lock (_gate)
        {
            _file ??= _input.FindFile();
            if (_file == place)
            {
                _read.Writer.TryWrite(result);
            }
        }
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
