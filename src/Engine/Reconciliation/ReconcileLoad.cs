using System.Diagnostics.Metrics;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>
/// What reconciling costs, as the meter <c>AgentDeck.Reconciliation</c> for whoever listens: passes with their <c>outcome</c>, the seconds that
/// they took together, and the agents that wait for one.
/// </summary>
internal sealed class ReconcileLoad : IDisposable
{
    /// <summary>The counter of passes; its <c>outcome</c> is <c>done</c> or <c>failed</c>.</summary>
    public const string PassesName = "agentdeck.reconcile.passes";

    /// <summary>The counter of the seconds that passes took.</summary>
    public const string SecondsName = "agentdeck.reconcile.seconds";

    /// <summary>How many agents wait for a pass.</summary>
    public const string WaitingName = "agentdeck.reconcile.waiting";

    private readonly Meter _meter = new("AgentDeck.Reconciliation");
    private readonly Counter<long> _passes;
    private readonly Counter<double> _seconds;
    private readonly TimeProvider _time;

    /// <summary>Begins to count.</summary>
    /// <param name="waiting">Tells how many wait; called from any thread.</param>
    /// <param name="time">The clock.</param>
    public ReconcileLoad(Func<int> waiting, TimeProvider time)
    {
        _time = time;
        _passes = _meter.CreateCounter<long>(PassesName, "{pass}", "passes over agents");
        _seconds = _meter.CreateCounter<double>(SecondsName, "s", "seconds that passes took, those of their steps included");
        _meter.CreateObservableGauge(WaitingName, waiting, "{agent}", "agents that wait for a pass");
    }

    /// <summary>The timestamp of now.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>Notes a pass that ended.</summary>
    /// <param name="began">The timestamp of its beginning.</param>
    /// <param name="failed">Whether it threw.</param>
    public void Note(long began, bool failed)
    {
        var outcome = KeyValuePair.Create<string, object?>("outcome", failed ? "failed" : "done");
        _passes.Add(1, outcome);
        _seconds.Add(_time.GetElapsedTime(began).TotalSeconds, outcome);
    }

    /// <summary>Whether an instrument is one of these.</summary>
    internal bool Owns(Instrument instrument) => instrument.Meter == _meter;

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
