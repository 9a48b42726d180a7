using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Device;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Tests.Terminal.Device;

public sealed class TerminalEventQueueTests
{
    private readonly TerminalEventQueue _queue = new();

    [Fact]
    public void Unread_resizes_merge_into_the_newest()
    {
        _queue.Publish(new Resized(new CellSize(80, 24)));
        _queue.Publish(new FocusChanged(true));
        _queue.Publish(new Resized(new CellSize(90, 30)));

        Assert.Equal([new Resized(new CellSize(90, 30)), new FocusChanged(true)], ReadAll());

        _queue.Publish(new Resized(new CellSize(70, 20)));
        Assert.Equal([new Resized(new CellSize(70, 20))], ReadAll());
    }

    [Fact]
    public async Task The_end_arrives_last_even_when_the_queue_is_full()
    {
        for (var index = 0; index < TerminalEventQueue.Capacity + 10; index++)
        {
            _queue.Publish(new FocusChanged(true));
        }

        _queue.Publish(new TerminalClosed("gone"));
        _queue.Publish(new FocusChanged(false));

        var events = new List<TerminalEvent>();
        await foreach (var happened in _queue.ReadAllAsync())
        {
            events.Add(happened);
        }

        Assert.Equal(TerminalEventQueue.Capacity + 1, events.Count);
        Assert.Equal(new TerminalClosed("gone"), events[^1]);
    }

    [Fact]
    public async Task A_waiting_reader_sees_the_end()
    {
        var waiting = _queue.WaitToReadAsync(CancellationToken.None);
        _queue.Publish(new TerminalClosed("gone"));

        Assert.True(await waiting);
        Assert.Equal([new TerminalClosed("gone")], ReadAll());
        Assert.False(await _queue.WaitToReadAsync(CancellationToken.None));
    }

    private List<TerminalEvent> ReadAll()
    {
        var events = new List<TerminalEvent>();
        while (_queue.TryRead(out var happened))
        {
            events.Add(happened);
        }

        return events;
    }
}
