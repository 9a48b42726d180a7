using System.Globalization;

namespace AgentDeck.Benchmarks;

/// <summary>Measured times and what they come to.</summary>
internal sealed class Samples
{
    private readonly List<double> _milliseconds = [];

    /// <summary>The times that a thing takes, done one after the other.</summary>
    public static Samples Of(int rounds, Action act)
    {
        var samples = new Samples();
        for (var round = 0; round < rounds; round++)
        {
            samples.Add(act);
        }

        return samples;
    }

    /// <summary>Adds the time that a thing takes now.</summary>
    public void Add(Action act)
    {
        var started = TimeProvider.System.GetTimestamp();
        act();
        AddSince(started);
    }

    /// <summary>Adds the time since a timestamp.</summary>
    public void AddSince(long started) => _milliseconds.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);

    /// <summary>Adds a time in milliseconds.</summary>
    public void AddMilliseconds(double milliseconds) => _milliseconds.Add(milliseconds);

    /// <summary>The value below which this share of the samples lies, in milliseconds.</summary>
    public double Percentile(double share)
    {
        var sorted = _milliseconds.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {Percentile(0.5):0.00} ms, p99 {Percentile(0.99):0.00} ms, n {_milliseconds.Count}");
}
