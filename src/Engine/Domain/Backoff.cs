namespace AgentDeck.Engine.Domain;

/// <summary>How long to wait before the next try: doubling up to half a minute, each spread over its upper half so that many do not try at once.</summary>
/// <param name="jitter">Gives numbers from 0 to 1.</param>
/// <param name="first">The longest first wait.</param>
internal sealed class Backoff(Func<double> jitter, TimeSpan first)
{
    /// <summary>The longest wait of all.</summary>
    internal static readonly TimeSpan Most = TimeSpan.FromSeconds(30);

    private int _failures;

    /// <summary>Whether nothing failed since the last success.</summary>
    public bool IsFresh => _failures == 0;

    /// <summary>The next wait; each is longer than the one before until the longest is reached.</summary>
    public TimeSpan Next() => Next(Most);

    /// <summary>The next wait, but no longer than one may be here.</summary>
    public TimeSpan Next(TimeSpan most)
    {
        var whole = Math.Min(first.TotalSeconds * Math.Pow(2, _failures), most.TotalSeconds);
        _failures = Math.Min(_failures + 1, 16);
        return TimeSpan.FromSeconds(whole * (0.5 + (jitter() / 2)));
    }

    /// <summary>Something succeeded: the next wait is short again.</summary>
    public void Reset() => _failures = 0;
}
