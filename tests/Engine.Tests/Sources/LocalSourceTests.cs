using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Sources;

public sealed class LocalSourceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FleetStore _store;

    public LocalSourceTests()
    {
        _store = new FleetStore(_time);
    }

    [Theory]
    [InlineData(TransportFault.ProgramMissing, SourceLink.Unreachable, "install")]
    [InlineData(TransportFault.Denied, SourceLink.Denied, "another user")]
    [InlineData(TransportFault.Unreachable, SourceLink.Unreachable, "out of files")]
    public async Task A_server_that_cannot_be_watched_says_why_and_is_tried_again(TransportFault fault, SourceLink link, string remedy)
    {
        var transport = new FailingTransport(new TransportException(fault, "out of files"));
        await using var source = Create("ad-nothing", transport);
        using var end = new CancellationTokenSource();
        var running = source.RunAsync(end.Token);
        await source.FirstAnswer;

        var status = Assert.Single(_store.Current.Sources);
        Assert.Equal(link, status.Link);
        Assert.Contains(remedy, status.Error, StringComparison.Ordinal);
        Assert.Equal(1, transport.Tries);
        _time.Advance(LocalSource.FirstRetry);
        Assert.Equal(2, transport.Tries);

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Nothing_is_started_in_the_operators_own_server()
    {
        var transport = new FailingTransport(new TransportException(TransportFault.Gone, "no server"));
        await using var source = Create("default", transport);
        source.Declare([Fleet.Spec("a")]);
        using var end = new CancellationTokenSource();
        var running = source.RunAsync(end.Token);
        await source.FirstAnswer;

        Assert.False(source.MayStart);
        var status = _store.Current.Agents[Fleet.Id("a")].Status;
        Assert.Equal((AgentPhase.Failed, "StartFailed"), (status.Phase, status.Reason));
        Assert.Contains("socket of its own", status.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TransportException>(() => source.StartAsync(Fleet.Id("a"), CancellationToken.None));

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private LocalSource Create(string socket, IAgentTransport transport) => new(
        new LocalSourceSpec("here", socket), _store, _ => null, transport, new LocalCommandRunner(_time), new DetectionInForce(), _time, () => 1, NullLogger<LocalSource>.Instance);

    private sealed class FailingTransport(TransportException failure) : IAgentTransport
    {
        public int Tries { get; private set; }

        public ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken)
        {
            Tries++;
            throw failure;
        }
    }
}
