using AgentDeck.Tui.Terminal.Device;

namespace AgentDeck.Tui.Tests.Terminal.Device;

public sealed class TerminalWriterTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly int _reader;
    private readonly TerminalWriter _writer;

    public TerminalWriterTests()
    {
        // Nobody reads it, so that it soon takes nothing more.
        (_reader, var descriptor) = TerminalNative.OpenPipe();
        _writer = new TerminalWriter(descriptor);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _ = TerminalNative.Close(_reader);
    }

    [Fact]
    public async Task A_write_that_the_terminal_does_not_take_ends_when_it_is_given_up_and_no_other_follows()
    {
        var stuck = _writer.WriteAsync(new byte[1 << 20], () => true, CancellationToken.None).AsTask();
        Assert.False(stuck.IsCompleted);

        _writer.Abandon();

        Assert.False(await stuck.WaitAsync(Deadline));
        Assert.False(await _writer.WriteAsync(new byte[1], () => true, CancellationToken.None).AsTask().WaitAsync(Deadline));
    }

    [Fact]
    public void Last_words_do_not_wait_for_ever_for_a_terminal_that_takes_nothing()
    {
        _writer.WriteNow(new byte[1 << 20]);

        Assert.False(_writer.IsClosed);
    }
}
