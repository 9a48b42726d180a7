using AgentDeck.Engine.Transports;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Transports;

public sealed class ContainerTerminalTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly FakeCommandStream _stream = new();
    private readonly ContainerTerminal _terminal;
    private int _hungUp;

    public ContainerTerminalTests() => _terminal = new ContainerTerminal(_stream, () =>
    {
        Assert.True(_stream.IsDisposed);
        _hungUp++;
        return Task.CompletedTask;
    });

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public ValueTask DisposeAsync() => _terminal.DisposeAsync();

    [Fact]
    public async Task Leaving_a_command_that_runs_hangs_it_up_once()
    {
        await _terminal.DisposeAsync();
        await _terminal.DisposeAsync();

        Assert.Equal(1, _hungUp);
    }

    [Fact]
    public async Task A_command_that_was_cut_may_still_run_and_is_hung_up_too()
    {
        _stream.Cut("gone");

        await _terminal.DisposeAsync();

        Assert.Equal(1, _hungUp);
    }

    [Fact]
    public async Task What_ended_by_itself_is_left_alone()
    {
        _stream.Exit(0);

        await _terminal.DisposeAsync();

        Assert.Equal((0, true), (_hungUp, _stream.IsDisposed));
    }
}
