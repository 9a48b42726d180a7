namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// Caps how many streams are open at once. Who is on screen gets a slot at the cost of whoever left the screen longest ago, but
/// not at the cost of one that is on it. Safe to call from any thread.
/// </summary>
/// <param name="most">How many slots there are.</param>
internal sealed class StreamSlots(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StreamSlot> _taken = [];
    private readonly Dictionary<string, (int Watchers, long At)> _seen = [];
    private long _clock;

    /// <summary>Takes a slot for a pod, or null when all are taken by others with as good a claim. Dispose to give it back.</summary>
    /// <param name="uid">The pod.</param>
    public StreamSlot? TryTake(string uid)
    {
        StreamSlot slot;
        StreamSlot? loser = null;
        lock (_gate)
        {
            if (_taken.Count >= most)
            {
                loser = _taken.Values.MinBy(taken => ClaimNeedsLock(taken.Uid));
                if (loser is null || ClaimNeedsLock(loser.Uid).CompareTo(ClaimNeedsLock(uid)) >= 0)
                {
                    return null;
                }

                _taken.Remove(loser.Uid);
            }

            slot = new StreamSlot(uid, Release);
            _taken[uid] = slot;
        }

        loser?.Evict();
        return slot;
    }

    /// <summary>Notes that a pod is on screen, until what this gives is disposed of.</summary>
    public IDisposable Show(string uid)
    {
        NoteWatcher(uid, 1);
        return new Showing(this, uid);
    }

    /// <summary>Whether a pod is on screen.</summary>
    public bool IsShown(string uid)
    {
        lock (_gate)
        {
            return _seen.GetValueOrDefault(uid).Watchers > 0;
        }
    }

    /// <summary>Forgets a pod that is gone.</summary>
    public void Forget(string uid)
    {
        lock (_gate)
        {
            _seen.Remove(uid);
        }
    }

    // Those on screen have the same claim; of the others the one that was there last has the better.
    private (bool IsShown, long At) ClaimNeedsLock(string uid)
    {
        var (watchers, at) = _seen.GetValueOrDefault(uid);
        return (watchers > 0, watchers > 0 ? 0 : at);
    }

    private void NoteWatcher(string uid, int change)
    {
        lock (_gate)
        {
            if (change > 0 || _seen.ContainsKey(uid))
            {
                _seen[uid] = (_seen.GetValueOrDefault(uid).Watchers + change, ++_clock);
            }
        }
    }

    private void Release(StreamSlot slot)
    {
        lock (_gate)
        {
            if (_taken.GetValueOrDefault(slot.Uid) == slot)
            {
                _taken.Remove(slot.Uid);
            }
        }
    }

    private sealed class Showing(StreamSlots slots, string uid) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                slots.NoteWatcher(uid, -1);
            }
        }
    }
}
