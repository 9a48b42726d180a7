using System.Threading.Channels;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Sources.Pods;

public sealed class RechecksTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Rechecks _rechecks;
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _ending = new();

    public RechecksTests() => _rechecks = new Rechecks(_time);

    public void Dispose() => _ending.Dispose();

    [Fact]
    public async Task What_is_due_is_told_once_in_the_order_of_time()
    {
        _rechecks.Set("later", _time.GetUtcNow().AddSeconds(20));
        _rechecks.Set("sooner", _time.GetUtcNow().AddSeconds(10));
        var running = _rechecks.RunAsync(key => _told.Writer.TryWrite(key), _ending.Token);

        Assert.Equal("sooner", await NextAsync());
        Assert.Equal("later", await NextAsync());

        await EndAsync(running);
        Assert.False(_told.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_later_time_replaces_an_earlier_one_and_none_takes_it_back()
    {
        var start = _time.GetUtcNow();
        _rechecks.Set("moved", start.AddSeconds(1));
        _rechecks.Set("moved", start.AddSeconds(30));
        _rechecks.Set("dropped", start.AddSeconds(2));
        _rechecks.Set("dropped", null);
        _rechecks.Set("never known", null);
        var running = _rechecks.RunAsync(key => _told.Writer.TryWrite(key), _ending.Token);

        Assert.Equal("moved", await NextAsync());
        Assert.Equal(start.AddSeconds(30), _time.GetUtcNow());

        await EndAsync(running);
    }

    [Fact]
    public async Task What_is_overdue_is_told_at_once()
    {
        _rechecks.Set("overdue", _time.GetUtcNow().AddSeconds(-5));
        var running = _rechecks.RunAsync(key => _told.Writer.TryWrite(key), _ending.Token);

        Assert.Equal("overdue", await _told.Reader.ReadAsync());

        await EndAsync(running);
    }

    // The clock goes on only when somebody waits for it.
    private async Task<string> NextAsync()
    {
        while (!_told.Reader.TryPeek(out _))
        {
            _time.AdvanceToNextTimer(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        return await _told.Reader.ReadAsync();
    }

    private async Task EndAsync(Task running)
    {
        await _ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
