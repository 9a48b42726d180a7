using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Tests.Tmux;
using AgentDeck.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Sources;

/// <summary>Counts what following a server costs: commands sent to tmux, and versions published.</summary>
public sealed class LocalSourceCostTests
{
    private const string Ticks = "while :; do echo tick; sleep 0.2; done";

    private readonly FakeTimeProvider _time = new();
    private readonly CountingTransport _transport = new();
    private readonly FleetStore _store;

    public LocalSourceCostTests()
    {
        _store = new FleetStore(_time);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(500)]
    public async Task Idle_sessions_cost_no_command_and_no_version(int count)
    {
        await using var tmux = new TmuxFixture();
        await StartAsync(tmux, count, "sleep 1000");
        await FollowAsync(tmux, async () =>
        {
            await WaitAsync(tmux, fleet =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return fleet.Agents.Count == count && fleet.Agents.Values.All(agent => agent.Status.Activity == Activity.Idle);
            });
            var (version, sent) = (_store.Current.Version, _transport.Lines.Count);

            _time.Advance(TimeSpan.FromMinutes(10));
            Assert.Equal((version, sent), (_store.Current.Version, _transport.Lines.Count));

            // The server goes on telling of another session meanwhile: the evidence that time passed for it, too.
            var pane = await tmux.StartAsync("ticks", Ticks);
            await WaitForOutputAsync(tmux, "ticks");
            var lines = _transport.Lines.Skip(sent).ToList();
            Assert.InRange(lines.Count(line => line.StartsWith("list-sessions", StringComparison.Ordinal)), 1, 3);
            Assert.All(
                lines.Where(line => !line.StartsWith("list-sessions", StringComparison.Ordinal)),
                line => Assert.StartsWith($"capture-pane '-p' '-e' '-t' '{pane}'", line, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Busy_agents_that_nobody_sees_are_looked_at_once_in_ten_seconds()
    {
        await using var tmux = new TmuxFixture();
        await StartAsync(tmux, 20, Ticks);
        await FollowAsync(tmux, async () =>
        {
            await WaitAsync(tmux, fleet => fleet.Agents.Count == 20);
            await Task.WhenAll(Enumerable.Range(0, 20).Select(index => WaitForOutputAsync(tmux, $"s{index}")));

            Assert.Equal(20, Captures());
            for (var round = 2; round <= 3; round++)
            {
                _time.Advance(LookSchedule.WhileBusy);
                await tmux.WaitAsync(() => Task.FromResult(Captures()), looks => looks >= 20 * round, "the next looks");
                await WaitForOutputAsync(tmux, "s0");
                Assert.Equal(20 * round, Captures());
            }
        });
    }

    private int Captures() => _transport.Lines.Count(line => line.StartsWith("capture-pane", StringComparison.Ordinal));

    private static async Task StartAsync(TmuxFixture tmux, int count, string command)
    {
        var script = Path.Combine(tmux.Folder, "many");
        await File.WriteAllLinesAsync(script, Enumerable.Range(0, count).Select(index => $"new-session -d -s s{index} '{command}'"));
        await tmux.RunAsync("start-server", ";", "source-file", script);
    }

    private async Task FollowAsync(TmuxFixture tmux, Func<Task> test)
    {
        await using var source = new LocalSource(
            new LocalSourceSpec("here", tmux.Socket), _store, _ => null, _transport, new LocalCommandRunner(_time), new DetectionInForce(), _time, () => 1, NullLogger<LocalSource>.Instance);
        using var end = new CancellationTokenSource();
        var running = source.RunAsync(end.Token);
        await source.FirstAnswer;
        await test();
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private Task<FleetSnapshot> WaitAsync(TmuxFixture tmux, Func<FleetSnapshot, bool> isExpected) =>
        tmux.WaitAsync(() => Task.FromResult(_store.Current), isExpected, "the fleet");

    // tmux tells of output at most once a second, by whole seconds.
    private async Task WaitForOutputAsync(TmuxFixture tmux, string name)
    {
        await WaitAsync(tmux, fleet => fleet.Agents.ContainsKey(Fleet.Id(name)));
        var first = LastActivity(_store.Current);
        await WaitAsync(tmux, fleet => LastActivity(fleet) >= first + TimeSpan.FromSeconds(2));

        DateTimeOffset? LastActivity(FleetSnapshot fleet) => fleet.Agents[Fleet.Id(name)].Status.LastActivity;
    }
}
