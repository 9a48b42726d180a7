using AgentDeck.Testing;

namespace AgentDeck.EndToEnd.Tests.Killing;

/// <summary>A hundred declared agents, what should have become of each by now, and what can be done to them.</summary>
internal sealed class World : IAsyncDisposable
{
    private const int Sleepers = 98;
    private const string Crasher = "crasher";
    private const string Leaver = "leaver";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);
    private static readonly string[] Names = [.. Enumerable.Range(0, Sleepers).Select(number => $"agent-{number:00}")];

    private readonly Random _random;
    private readonly RunLedger _ledger;
    private readonly Dictionary<string, int> _runs = Names.ToDictionary(name => name, _ => 1);
    private readonly HashSet<string> _stopped = [];
    private readonly Queue<string> _untouched;
    private string _server = "";

    public World(Random random)
    {
        _random = random;
        var shuffled = Names.ToArray();
        random.Shuffle(shuffled);
        _untouched = new Queue<string>(shuffled);
        _ledger = new RunLedger(Bench.Home);
        Bench.WriteConfiguration(string.Concat(
        [
            .. Names.Select(name => Declare(name, "sleep 100000", "always") + (name.EndsWith('7') ? $"session_setup = [\"{_ledger.SetUpOf(name)}\"]\n" : "")),
            Declare(Crasher, "sh -c 'exit 3'", "always"),
            Declare(Leaver, "true", "on-failure"),
        ]));
    }

    public Workbench Bench { get; } = new();

    /// <summary>How often the agent ran that cannot stay.</summary>
    public int Crashes => _ledger.RunsOf(Crasher).Length;

    /// <summary>Waits until every agent is as it should be by its own account, each after exactly as many runs as it had reason to.</summary>
    public async Task ConvergeAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        while (Late() is { } late)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Deadline, $"waited in vain; {late}");
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Fails when an agent was started without a reason, or the server ended without one.</summary>
    public async Task CheckAsync()
    {
        Assert.Equal("", _ledger.Doubles);
        Assert.Equal("", string.Join('\n', Names.Where(name => _ledger.RunsOf(name).Length != _runs[name]).Select(name => $"{name} ran {_ledger.RunsOf(name).Length} times and should have {_runs[name]} times")));
        Assert.Single(_ledger.RunsOf(Leaver));
        var server = await Bench.Agents.PidAsync();
        Assert.True(_server.Length == 0 || server == _server, "the tmux server is another one, though nobody ended it");
        _server = server;
    }

    /// <summary>Waits until an engine says the same.</summary>
    public Task SeeAsync(EngineProcess engine) => Eventually.HoldsAsync(
        async () => string.Join('\n', (await Bench.AskAsync(engine, "metrics")).Output.Split('\n').Where(line => line.StartsWith("agentdeck_agents{", StringComparison.Ordinal)).Order(StringComparer.Ordinal)),
        phases => phases == string.Join('\n', new[] { Count("completed", 1), Count("failed", 1), Count("running", Names.Length - _stopped.Count), Count("stopped", _stopped.Count) }.Where(line => !line.EndsWith(" 0", StringComparison.Ordinal))),
        $"it sees {_stopped.Count} stopped, one that completed, one that fails, and all others running");

    /// <summary>Begins something that an engine has to answer: agents that crash, or a request from a shell.</summary>
    /// <returns>What ends when the request is answered.</returns>
    public Task Begin()
    {
        switch (_random.Next(4))
        {
            case 0:
                return CrashAsync([.. Enumerable.Range(0, 3).Select(_ => TakeOne())]);
            case 1:
                var stopping = TakeOne();
                _stopped.Add(stopping);
                return AskAsync("stop", stopping);
            case 2 when _stopped.Count > 0:
                var starting = _stopped.First();
                _stopped.Remove(starting);
                _runs[starting]++;
                return AskAsync("start", starting);
            default:
                var restarting = TakeOne();
                _runs[restarting]++;
                return AskAsync("restart", restarting);
        }
    }

    /// <summary>Kills the tmux server with every agent in it.</summary>
    public async Task KillServerAsync()
    {
        await Bench.Agents.KillHardAsync();
        _server = "";
        foreach (var name in Names.Except(_stopped))
        {
            _runs[name]++;
        }
    }

    public ValueTask DisposeAsync() => Bench.DisposeAsync();

    private string? Late() =>
        Names.FirstOrDefault(name => _ledger.RunsOf(name).Length < _runs[name] || _ledger.IsAlive(name) == _stopped.Contains(name)) is { } late
            ? $"{late} should be {(_stopped.Contains(late) ? "stopped" : "alive")} after {_runs[late]} runs; it had {_ledger.RunsOf(late).Length}"
            // Perhaps more than once: what was cut short is done again.
            : Names.FirstOrDefault(name => name.EndsWith('7') && _ledger.SetUpsOf(name) < _runs[name]) is { } bare ? $"{bare} should have been set up {_runs[bare]} times; it was {_ledger.SetUpsOf(bare)} times"
            : _ledger.RunsOf(Leaver).Length == 0 ? $"{Leaver} should have run" : null;

    private static string Count(string phase, int agents) => $"agentdeck_agents{{phase=\"{phase}\",source=\"here\"}} {agents}";

    private string Declare(string name, string work, string restart) => $"""

        [[agent]]
        name = "{name}"
        source = "here"
        restart = "{restart}"
        command = "{_ledger.CommandOf(name, work)}"

        """;

    // Each agent suffers once, so that none is taken for one that keeps crashing.
    private string TakeOne() => _untouched.Dequeue();

    private async Task CrashAsync(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            _runs[name]++;
        }

        await Shell.RunAsync("kill", ["-KILL", .. names.Select(name => $"{_ledger.RunsOf(name)[^1]}")], Bench.Environment, Bench.Home);
    }

    private async Task AskAsync(string verb, string agent)
    {
        var result = await Bench.RunAsync(verb, $"here/{agent}", "--yes");
        Assert.True(result.ExitCode == 0, $"{verb} {agent}: {result.Output}{result.Error}");
    }
}
