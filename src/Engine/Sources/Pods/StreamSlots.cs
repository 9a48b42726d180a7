namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// Caps how many streams are open at once. Who is on screen gets a slot at the cost of whoever was on screen least recently.
/// Safe to call from any thread.
/// </summary>
/// <param name="most">How many slots there are.</param>
internal sealed class StreamSlots(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StreamSlot> _taken = [];
    private readonly Dictionary<string, long> _seen = [];
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
                loser = _taken.Values.MinBy(taken => _seen.GetValueOrDefault(taken.Uid))!;
                if (_seen.GetValueOrDefault(loser.Uid) >= _seen.GetValueOrDefault(uid))
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

    /// <summary>Notes that a pod is on screen now.</summary>
    public void Show(string uid)
    {
        lock (_gate)
        {
            _seen[uid] = ++_clock;
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
}
