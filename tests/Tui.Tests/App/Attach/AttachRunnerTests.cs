using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing;
using AgentDeck.Tui.App.Attach;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Terminal.Rendering;

namespace AgentDeck.Tui.Tests.App.Attach;

public sealed class AttachRunnerTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly Agent Mayor = OfPod(Fleets.Agent("gc/mayor"), "uid-1");

    private readonly FakeTimeProvider _time = new();
    private readonly FakeFleet _fleet;
    private readonly FakeOperations _operations = new();
    private readonly FakeScreenHost _host = new(new CellSize(80, 24), ColorDepth.TrueColor);
    private readonly List<FakeCommandStream> _clients = [];
    private readonly Queue<string> _refusals = new();

    public AttachRunnerTests()
    {
        _fleet = new FakeFleet(Fleets.Of([Mayor]), _time);
        _operations.OpenClient = size =>
        {
            if (_clients.Count > 0 && _refusals.TryDequeue(out var refusal))
            {
                throw new TransportException(TransportFault.Unreachable, refusal);
            }

            _clients.Add(new FakeCommandStream());
            _clients[^1].Sizes.Enqueue(size);
            return _clients[^1];
        };
    }

    [Fact]
    public async Task A_client_that_is_cut_off_is_opened_again_until_it_can_be()
    {
        _refusals.Enqueue("connection refused");
        _refusals.Enqueue("still\e[31m refused");
        var run = Run();
        _clients[0].Cut("the stream was cut");
        await PassUntilAsync(() => _clients.Count == 2);

        var lease = _host.Lease!;
        lease.Type("hello\u001d"u8);
        Assert.Equal(new AttachEnded(Mayor.Id, null), await run.WaitAsync(Deadline));
        Assert.True(_clients[0].IsDisposed);
        Assert.Equal("hello", _clients[1].Typed);
        Assert.Equal(new Size(80, 24), _clients[1].Sizes.First());
        Assert.Contains("\e[24;1H\e[0;7m Connection lost, attaching again; Ctrl-] gives up. the stream was cut\e[K", lease.Written, StringComparison.Ordinal);
        Assert.Contains("still\uFFFD[31m refused\e[K", lease.Written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_detach_key_gives_up_a_lost_connection_and_nothing_is_claimed_of_the_agent()
    {
        var run = Run();
        _clients[0].Cut("cut");
        await PassUntilAsync(() => _host.Lease is { } lease && lease.Written.Contains("Connection lost", StringComparison.Ordinal), advance: false);

        var lease = _host.Lease!;
        lease.Type("lost\u001d"u8);
        Assert.Equal(new AttachEnded(Mayor.Id, "detached while its connection was lost; it may still run"), await run.WaitAsync(Deadline));
        Assert.Single(_clients);
        Assert.True(lease.IsReturned);
    }

    [Fact]
    public async Task Another_pod_of_the_same_name_is_not_attached_to()
    {
        var run = Run();
        _fleet.Set(OfPod(Mayor, "uid-2"));
        _clients[0].Cut("cut");
        await PassUntilAsync(() => run.IsCompleted);

        Assert.Equal("it was started anew while its connection was lost", (await run).Notice);
        Assert.Single(_clients);
    }

    [Fact]
    public async Task An_agent_that_ended_meanwhile_is_told_and_the_deck_comes_back()
    {
        var run = Run();
        _fleet.Set(OfPod(Fleets.Agent("gc/mayor", AgentPhase.Completed), "uid-1"));
        _clients[0].Cut("cut");
        await PassUntilAsync(() => run.IsCompleted);

        Assert.Equal("it ended while you were attached", (await run).Notice);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _fleet.DisposeAsync();
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }
    }

    private static Agent OfPod(Agent agent, string uid) => agent with { Status = agent.Status with { Pod = new PodStatus("gc", "mayor", uid, "node-1", "Running") } };

    private async Task PassUntilAsync(Func<bool> condition, bool advance = true)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            if (advance)
            {
                _time.Advance(TimeSpan.FromMilliseconds(500));
            }

            await Task.Yield();
        }
    }

    private Task<AttachEnded> Run() =>
        new AttachRunner(_host, _operations, _fleet.Store, _time).RunAsync(Mayor.Id, KeyChord.Of(']', KeyModifiers.Control), CancellationToken.None);
}
