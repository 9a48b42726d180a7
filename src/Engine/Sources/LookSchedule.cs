namespace AgentDeck.Engine.Sources;

/// <summary>
/// Says when to look at the screen of which session: once when it is new, once when it fell quiet, and now and then while it
/// is busy. A session that stays quiet is never looked at again. Not safe for several threads.
/// </summary>
internal sealed class LookSchedule
{
    /// <summary>How often the screen of a session that never falls quiet is looked at, unless something else was asked for.</summary>
    internal static readonly TimeSpan WhileBusy = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>When the next look is due; null when none is.</summary>
    public DateTimeOffset? NextDue => _entries.Values.Min(entry => entry.Due);

    /// <summary>Notes a session's last output as tmux tells it. The first note of a session makes a look due at once, a later one when it fell quiet.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="stamp">tmux's own time of the output; only its changes matter, so its clock need not agree with ours.</param>
    /// <param name="now">When it was learned.</param>
    /// <param name="quietAfter">How long without output counts as quiet.</param>
    /// <returns>Whether there was output that was not known before.</returns>
    public bool Note(string sessionId, DateTimeOffset stamp, DateTimeOffset now, TimeSpan quietAfter)
    {
        if (!_entries.TryGetValue(sessionId, out var entry))
        {
            _entries[sessionId] = new Entry(stamp, stamp < now ? stamp : now, now, now, WhileBusy);
            return true;
        }

        if (entry.Stamp == stamp)
        {
            return false;
        }

        var quiet = now + quietAfter;
        var atLatest = entry.LookedAt + entry.Pace;
        _entries[sessionId] = entry with { Stamp = stamp, OutputAt = now, Due = quiet < atLatest ? quiet : atLatest };
        return true;
    }

    /// <summary>Makes a look due at once, for changes that come without output.</summary>
    public void Ask(string sessionId, DateTimeOffset now)
    {
        if (_entries.TryGetValue(sessionId, out var entry))
        {
            _entries[sessionId] = entry with { Due = now };
        }
    }

    /// <summary>Sets how long after a look the next one comes while output goes on; <see cref="WhileBusy"/> before that.</summary>
    public void Pace(string sessionId, TimeSpan pace)
    {
        if (_entries.TryGetValue(sessionId, out var entry))
        {
            _entries[sessionId] = entry with { Pace = pace };
        }
    }

    /// <summary>Forgets every session that is not among these.</summary>
    public void KeepOnly(IReadOnlySet<string> sessionIds)
    {
        foreach (var gone in _entries.Keys.Where(id => !sessionIds.Contains(id)).ToList())
        {
            _entries.Remove(gone);
        }
    }

    /// <summary>Forgets all sessions.</summary>
    public void Clear() => _entries.Clear();

    /// <summary>How long a session gave no output; null when it is not known.</summary>
    public TimeSpan? QuietTime(string sessionId, DateTimeOffset now) =>
        _entries.TryGetValue(sessionId, out var entry) ? now - entry.OutputAt : null;

    /// <summary>Takes the sessions whose look is due. One that is still busy is planned again.</summary>
    public List<string> TakeDue(DateTimeOffset now, TimeSpan quietAfter)
    {
        var due = _entries.Where(pair => pair.Value.Due <= now).Select(pair => pair.Key).ToList();
        foreach (var sessionId in due)
        {
            var entry = _entries[sessionId];
            var quiet = entry.OutputAt + quietAfter;
            _entries[sessionId] = entry with { LookedAt = now, Due = quiet > now ? quiet : null };
        }

        return due;
    }

    private readonly record struct Entry(DateTimeOffset Stamp, DateTimeOffset OutputAt, DateTimeOffset LookedAt, DateTimeOffset? Due, TimeSpan Pace);
}
