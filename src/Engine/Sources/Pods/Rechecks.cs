using AgentDeck.Engine.Store;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Remembers what has to be read again because time alone changes the answer. Safe to call from any thread.</summary>
internal sealed class Rechecks(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _due = [];
    private readonly Pulse _news = new();

    /// <summary>Sets or clears when a thing is due.</summary>
    public void Set(string key, DateTimeOffset? at)
    {
        lock (_gate)
        {
            if (at is { } due)
            {
                _due[key] = due;
            }
            else if (!_due.Remove(key))
            {
                return;
            }
        }

        _news.Set();
    }

    /// <summary>Tells what is due when it is, until cancelled; what was told is forgotten.</summary>
    public async Task RunAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var key in TakeDue())
            {
                tell(key);
            }

            using var wait = new CancellationTokenSource(UntilNext(), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, wait.Token);
            try
            {
                await _news.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
            }
        }
    }

    private List<string> TakeDue()
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var due = _due.Where(pair => pair.Value <= now).Select(pair => pair.Key).ToList();
            due.ForEach(key => _due.Remove(key));
            return due;
        }
    }

    private TimeSpan UntilNext()
    {
        lock (_gate)
        {
            var wait = _due.Count == 0 ? Timeout.InfiniteTimeSpan : _due.Values.Min() - time.GetUtcNow();
            return _due.Count > 0 && wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait;
        }
    }
}
