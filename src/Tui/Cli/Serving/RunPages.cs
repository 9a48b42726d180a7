using System.Text;
using AgentDeck.Engine;

namespace AgentDeck.Tui.Cli.Serving;

/// <summary>What a running engine says of itself: alive, ready, and in numbers. Safe to call from any thread.</summary>
internal sealed class RunPages(MeterBook meters)
{
    private volatile FleetEngine? _engine;
    private volatile Task? _settling;
    private volatile bool _isDraining;

    /// <summary>The pages by their paths.</summary>
    public IReadOnlyDictionary<string, Func<StatusAnswer>> All => new Dictionary<string, Func<StatusAnswer>>
    {
        ["/healthz"] = () => new StatusAnswer(200, "ok\n"),
        ["/readyz"] = Ready,
        ["/metrics"] = Metrics,
    };

    /// <summary>An engine was started; it is ready when every source answered, or told that it cannot.</summary>
    public void Begin(FleetEngine engine, CancellationToken cancellationToken)
    {
        _settling = engine.WaitUntilSettledAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        _engine = engine;
    }

    /// <summary>It ends: nobody should count on it any more.</summary>
    public void Drain() => _isDraining = true;

    private StatusAnswer Ready() =>
        _isDraining ? new StatusAnswer(503, "it is ending\n")
        : _settling is { IsCompletedSuccessfully: true } ? new StatusAnswer(200, "ready\n")
        : new StatusAnswer(503, "not every source has answered yet\n");

    private StatusAnswer Metrics()
    {
        var text = new StringBuilder();
        if (_engine is { } engine)
        {
            FleetMetrics.Append(text, engine.Store.Current, engine.Store.RecentEvents is [.., var last] ? last.Seq : 0);
        }

        meters.AppendTo(text);
        return new StatusAnswer(200, text.ToString());
    }
}
