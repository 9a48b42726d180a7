using System.Collections.Immutable;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Tmux;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Sources;

public sealed class LocalEyeTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _listing = new(1, 1);
    private readonly HeldClient _client = new();
    private readonly LocalEye _eye;

    public LocalEyeTests()
    {
        var time = new FakeTimeProvider();
        var book = new SessionBook("here", "local", "tmux -L x", new FleetStore(time), _ => null, new DetectionInForce(), time);
        _eye = new LocalEye("here", true, book, null!, _listing, time);
    }

    public void Dispose()
    {
        _listing.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task Whoever_asks_while_one_reads_is_answered_by_one_reading_that_began_later()
    {
        var first = _eye.ListAsync(_client, CancellationToken.None);
        var others = Enumerable.Range(0, 20).Select(_ => _eye.ListAsync(_client, CancellationToken.None)).ToList();
        Assert.Equal(1, _client.Reads);

        _client.Answer(1);
        await first.WaitAsync(Deadline);
        Assert.DoesNotContain(others, other => other.IsCompleted);

        _client.Answer(20);
        await Task.WhenAll(others).WaitAsync(Deadline);
        Assert.Equal(2, _client.Reads);

        await _eye.ListAsync(_client, CancellationToken.None).WaitAsync(Deadline);
        Assert.Equal(3, _client.Reads);
    }

    [Fact]
    public async Task What_one_way_to_the_server_read_answers_nobody_who_has_another()
    {
        using var next = new HeldClient();
        var first = _eye.ListAsync(_client, CancellationToken.None);
        var (other, again) = (_eye.ListAsync(next, CancellationToken.None), _eye.ListAsync(_client, CancellationToken.None));

        _client.Answer(20);
        next.Answer(20);
        await Task.WhenAll(first, other, again).WaitAsync(Deadline);

        Assert.Equal((2, 1), (_client.Reads, next.Reads));
    }

    // There are no sessions, and that is only said when the test wants.
    private sealed class HeldClient : ITmuxClient, IDisposable
    {
        private readonly SemaphoreSlim _answers = new(0);
        private int _reads;

        public int Reads => _reads;

        public TmuxAddress Address { get; } = new("x");

        public void Answer(int readings) => _answers.Release(readings);

        public async Task<ImmutableArray<TmuxReply>> ExecuteAsync(TmuxCommandLine line, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _reads);
            await _answers.WaitAsync(cancellationToken);
            return [new TmuxReply(1, 1, false, default, false)];
        }

        public void Dispose() => _answers.Dispose();
    }
}
