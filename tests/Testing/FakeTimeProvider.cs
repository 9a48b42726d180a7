namespace AgentDeck.Testing;

/// <summary>A clock that moves only when told to; due timers fire in order, each at its own due time. Starts at 2026-11-21T14:00:00Z.</summary>
public sealed class FakeTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private TimeSpan _elapsed;

    /// <summary>A timer was set or stopped; raised on any thread.</summary>
    public event Action? TimerSet;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How many timers wait; lets a test see that something is scheduled.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count(timer => timer.Due is not null);
            }
        }
    }

    /// <summary>How long until the next timer is due; null when none waits.</summary>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_gate)
            {
                return _timers.Min(timer => timer.Due) - _elapsed;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return Start + _elapsed;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed.Ticks;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        lock (_gate)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time forward.</summary>
    public void Advance(TimeSpan by)
    {
        TimeSpan target;
        lock (_gate)
        {
            target = _elapsed + by;
        }

        while (TakeDue(target) is { } due)
        {
            due.Invoke();
        }

        lock (_gate)
        {
            _elapsed = target;
        }
    }

    /// <summary>Moves time forward to the next timer and fires it; false when none is due <paramref name="within"/> this time.</summary>
    public bool AdvanceToNextTimer(TimeSpan within)
    {
        TimeSpan target;
        lock (_gate)
        {
            target = _elapsed + within;
        }

        var due = TakeDue(target);
        due?.Invoke();
        return due is not null;
    }

    private Action? TakeDue(TimeSpan target)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            if (next is null)
            {
                return null;
            }

            _elapsed = next.Due!.Value > _elapsed ? next.Due.Value : _elapsed;
            return next.TakeNeedsLock();
        }
    }

    private sealed class FakeTimer(FakeTimeProvider owner, Action callback) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public TimeSpan? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : owner._elapsed + dueTime;
                _period = period;
            }

            owner.TimerSet?.Invoke();
            return true;
        }

        public Action TakeNeedsLock()
        {
            Due = _period > TimeSpan.Zero ? Due + _period : null;
            return callback;
        }

        public void Dispose()
        {
            lock (owner._gate)
            {
                Due = null;
                owner._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
