using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>
/// Keys that need a look. A key is in it once, however often it is added, and is never handed out twice at the same time: what
/// is added while it is worked on is handed out again afterwards. Safe to call from any thread.
/// </summary>
/// <param name="time">The clock for what is added for later.</param>
/// <param name="jitter">Gives numbers from 0 to 1, so that keys that failed together are not tried again together.</param>
internal sealed class WorkQueue<TKey>(TimeProvider time, Func<double> jitter) : IDisposable
    where TKey : notnull
{
    /// <summary>The longest wait after a first failure; see <see cref="Backoff"/> for what follows.</summary>
    internal static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<TKey> _ready = new();
    private readonly HashSet<TKey> _waiting = [];
    private readonly HashSet<TKey> _taken = [];
    private readonly Dictionary<TKey, DateTimeOffset> _due = [];
    private readonly PriorityQueue<TKey, DateTimeOffset> _later = new();
    private readonly Dictionary<TKey, Backoff> _failures = [];
    private readonly SemaphoreSlim _available = new(0);
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>How many keys wait to be taken now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _ready.Count;
            }
        }
    }

    /// <summary>Asks for a look at once.</summary>
    public void Add(TKey key)
    {
        lock (_gate)
        {
            AddNow(key);
        }
    }

    /// <summary>Asks for a look after a while; of several such wishes for one key the earliest counts.</summary>
    public void AddAfter(TKey key, TimeSpan delay)
    {
        lock (_gate)
        {
            if (delay <= TimeSpan.Zero)
            {
                AddNow(key);
                return;
            }

            var due = time.GetUtcNow() + delay;
            if (_due.TryGetValue(key, out var earlier) && earlier <= due)
            {
                return;
            }

            _due[key] = due;
            _later.Enqueue(key, due);
            Arm();
        }
    }

    /// <summary>Asks for another look after a failure: each failure in a row makes the wait longer.</summary>
    public void AddFailed(TKey key)
    {
        TimeSpan wait;
        lock (_gate)
        {
            if (!_failures.TryGetValue(key, out var backoff))
            {
                _failures[key] = backoff = new Backoff(jitter, FirstRetry);
            }

            wait = backoff.Next();
        }

        AddAfter(key, wait);
    }

    /// <summary>It succeeded: its next failure counts as the first.</summary>
    public void Forgive(TKey key)
    {
        lock (_gate)
        {
            _failures.Remove(key);
        }
    }

    /// <summary>Waits for a key and takes it; <see cref="Done"/> must follow.</summary>
    public async Task<TKey> TakeAsync(CancellationToken cancellationToken)
    {
        await _available.WaitAsync(cancellationToken);
        lock (_gate)
        {
            var key = _ready.Dequeue();
            _waiting.Remove(key);
            _taken.Add(key);
            return key;
        }
    }

    /// <summary>The work on a key that was taken ended, well or not.</summary>
    public void Done(TKey key)
    {
        lock (_gate)
        {
            _taken.Remove(key);
            if (_waiting.Contains(key))
            {
                Offer(key);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    // A key that is worked on waits until that is done.
    private void AddNow(TKey key)
    {
        if (!_disposed && _waiting.Add(key) && !_taken.Contains(key))
        {
            Offer(key);
        }
    }

    private void Offer(TKey key)
    {
        _ready.Enqueue(key);
        _available.Release();
    }

    private void Arm()
    {
        while (_later.TryPeek(out var key, out var due))
        {
            if (!_due.TryGetValue(key, out var valid) || valid != due)
            {
                // An earlier wish for this key took its place.
                _later.Dequeue();
                continue;
            }

            var wait = due - time.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                if (!_disposed)
                {
                    _timer ??= time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                    _timer.Change(wait, Timeout.InfiniteTimeSpan);
                }

                return;
            }

            _later.Dequeue();
            _due.Remove(key);
            AddNow(key);
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            Arm();
        }
    }
}
