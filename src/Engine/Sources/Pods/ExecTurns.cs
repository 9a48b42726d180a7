namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// Whose turn it is to have a command run in a pod on the source's own account: to open a stream, to look, to try again. However
/// many pods there are, only so many ask at once and only so many a second; those on screen come first, then those that were never
/// asked, then the one that waits longest. What operators ask for takes no turn. Safe to call from any thread.
/// </summary>
internal sealed class ExecTurns : IDisposable
{
    /// <summary>How many ask at the same time: more makes a cluster no faster.</summary>
    internal const int AtOnce = 16;

    /// <summary>How many turns a second there are in the long run: what they cost a cluster is about a third of a core.</summary>
    internal const int PerSecond = 10;

    /// <summary>How many turns may be taken without that wait after a rest: enough to open every stream of a usual fleet.</summary>
    internal const int Burst = 256;

    /// <summary>How long until a lost contact that was found again gives a whole burst once more: one that comes and goes must not.</summary>
    internal static readonly TimeSpan BetweenBursts = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Price = TimeSpan.FromSeconds(1.0 / PerSecond);

    private readonly TimeProvider _time;
    private readonly bool _hasLimit;
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter>[] _lines = [new(), new(), new()];
    private readonly Dictionary<string, LinkedListNode<Waiter>> _waiting = [];
    private readonly ITimer _timer;
    private TimeSpan _credit = Price * Burst;
    private long _creditedAt;
    private long _burstAt;
    private int _taken;

    /// <summary>Nobody has a turn yet.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="hasLimit">Whether the turns of a second are limited; those who ask each pod once have none.</param>
    public ExecTurns(TimeProvider time, bool hasLimit)
    {
        (_time, _hasLimit) = (time, hasLimit);
        _creditedAt = _burstAt = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Grant(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits for a turn; dispose what it gives when that is over. A pod takes one at a time.</summary>
    /// <param name="uid">The pod.</param>
    /// <param name="rank">How urgent it is.</param>
    /// <param name="cancellationToken">Leaves the line.</param>
    public async Task<IDisposable> TakeAsync(string uid, ExecRank rank, CancellationToken cancellationToken)
    {
        var node = new LinkedListNode<Waiter>(new Waiter(uid, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        lock (_gate)
        {
            _lines[(int)rank].AddLast(node);
            _waiting[uid] = node;
        }

        Grant();
        await using (cancellationToken.Register(() => Leave(node, cancellationToken)))
        {
            await node.Value.Turn.Task;
        }

        return new ExecTurn(Return);
    }

    /// <summary>Puts a pod that waits before all that are not on screen, because it is now.</summary>
    public void Prefer(string uid)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(uid, out var node))
            {
                node.List!.Remove(node);
                _lines[(int)ExecRank.OnScreen].AddLast(node);
            }
        }
    }

    /// <summary>Gives a whole burst again, unless there was one a short time ago: the cluster answers again, and every stream was lost.</summary>
    public void Renew()
    {
        lock (_gate)
        {
            if (_time.GetElapsedTime(_burstAt) >= BetweenBursts)
            {
                _burstAt = _time.GetTimestamp();
                _credit = Price * Burst;
            }
        }

        Grant();
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Return()
    {
        lock (_gate)
        {
            _taken--;
        }

        Grant();
    }

    private void Leave(LinkedListNode<Waiter> node, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (node.List is null)
            {
                return;
            }

            RemoveNeedsLock(node);
        }

        node.Value.Turn.TrySetCanceled(cancellationToken);
    }

    private void Grant()
    {
        lock (_gate)
        {
            NoteTimeNeedsLock();
            while (_taken < AtOnce && FirstNeedsLock() is { } first)
            {
                if (_hasLimit && _credit < Price)
                {
                    _timer.Change(Price - _credit, Timeout.InfiniteTimeSpan);
                    return;
                }

                _credit -= _hasLimit ? Price : TimeSpan.Zero;
                _taken++;
                RemoveNeedsLock(first);
                first.Value.Turn.TrySetResult();
            }
        }
    }

    // The pod's next follower may be in the line before the last one has left it.
    private void RemoveNeedsLock(LinkedListNode<Waiter> node)
    {
        node.List!.Remove(node);
        if (_waiting.GetValueOrDefault(node.Value.Uid) == node)
        {
            _waiting.Remove(node.Value.Uid);
        }
    }

    private void NoteTimeNeedsLock()
    {
        var now = _time.GetTimestamp();
        var credit = _credit + _time.GetElapsedTime(_creditedAt, now);
        (_credit, _creditedAt) = (credit < Price * Burst ? credit : Price * Burst, now);
    }

    private LinkedListNode<Waiter>? FirstNeedsLock() => _lines[0].First ?? _lines[1].First ?? _lines[2].First;

    private sealed record Waiter(string Uid, TaskCompletionSource Turn);

    private sealed class ExecTurn(Action end) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                end();
            }
        }
    }
}
