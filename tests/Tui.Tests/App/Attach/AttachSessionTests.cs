using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.App.Attach;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Tests.App.Attach;

public sealed class AttachSessionTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly FakeTerminalLease _terminal = new(new CellSize(80, 24));
    private readonly FakeCommandStream _client = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task The_detach_key_ends_it_and_what_was_typed_before_it_arrives()
    {
        var session = Run();
        _terminal.Type("exit\u001d"u8);

        Assert.Equal(new AttachResult(AttachEnd.Detached, null), await session.WaitAsync(Deadline));
        Assert.Equal("exit", _client.Typed);
        Assert.Equal([new Size(80, 24)], _client.Sizes);
    }

    [Fact]
    public async Task Detaching_in_tmux_itself_needs_no_notice()
    {
        var session = Run();
        _client.Print("\u001b[?1049l[detached (from session main)]\r\n");
        _client.Exit(0);

        Assert.Equal(new AttachResult(AttachEnd.Detached, null), await session.WaitAsync(Deadline));
    }

    [Fact]
    public async Task A_stream_that_is_cut_says_so_and_claims_nothing_about_the_agent()
    {
        var session = Run();
        _client.Cut("the connection to the pod was lost; attach again");

        Assert.Equal(new AttachResult(AttachEnd.Cut, "the connection to the pod was lost; attach again"), await session.WaitAsync(Deadline));
    }

    [Fact]
    public async Task A_client_that_fails_tells_its_exit_code()
    {
        var session = Run();
        _client.Exit(3);

        Assert.Equal(new AttachResult(AttachEnd.Ended, "its client ended with exit code 3"), await session.WaitAsync(Deadline));
    }

    [Fact]
    public async Task A_terminal_that_goes_away_ends_it()
    {
        var session = Run();
        _terminal.Close();

        Assert.Equal(AttachEnd.TerminalClosed, (await session.WaitAsync(Deadline)).End);
    }

    [Fact]
    public async Task A_size_that_changes_while_the_client_is_told_one_is_told_too()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _client.Resizing = size =>
        {
            if (size == new Size(80, 24))
            {
                _terminal.Resize(new CellSize(100, 30));
            }
            else
            {
                told.TrySetResult();
            }
        };
        var session = Run();

        await told.Task.WaitAsync(Deadline);
        Assert.Equal([new Size(80, 24), new Size(100, 30)], _client.Sizes);
        _terminal.Close();
        await session.WaitAsync(Deadline);
    }

    [Fact]
    public async Task A_lone_escape_reaches_the_agent_after_a_moment()
    {
        var session = Run();
        _terminal.Type("\u001b"u8);
        using var deadline = new CancellationTokenSource(Deadline);
        while (_client.Typed != "\u001b")
        {
            deadline.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        _terminal.Type("\u001d"u8);
        await session.WaitAsync(Deadline);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _terminal.DisposeAsync();
        await _client.DisposeAsync();
    }

    private Task<AttachResult> Run() =>
        AttachSession.RunAsync(_terminal, _client, KeyChord.Of(']', KeyModifiers.Control), _time, CancellationToken.None);
}
