namespace AgentDeck.Engine.Leadership;

/// <summary>
/// The time in which we may write: it ends by itself at the renew deadline, whatever the API does meanwhile. Both clocks must agree that it
/// lasts: the steady one stands still while a machine sleeps, the other one can be set. Safe to call from any thread.
/// </summary>
internal sealed class LeaseTerm : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _deadline;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _registration;
    private volatile Renewal _renewal;

    /// <summary>Begins a term.</summary>
    /// <param name="renewal">When the request was sent by which we got it.</param>
    /// <param name="deadline">How long it lasts after that.</param>
    /// <param name="time">The clocks.</param>
    /// <param name="ended">Called once, at the end, on any thread.</param>
    public LeaseTerm(Renewal renewal, TimeSpan deadline, TimeProvider time, Action ended)
    {
        (_renewal, _deadline, _time) = (renewal, deadline, time);
        _end = new CancellationTokenSource(Left(), time);
        Ended = _end.Token;
        _registration = Ended.Register(ended);
    }

    /// <summary>Ends with the term.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Whether it lasts.</summary>
    public bool Lasts => !Ended.IsCancellationRequested && Left() > TimeSpan.Zero;

    /// <summary>Now, as a renewal notes it.</summary>
    public static Renewal Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

    /// <summary>Prolongs it; false when it ended already.</summary>
    public bool Renew(Renewal renewal)
    {
        if (!Lasts)
        {
            return false;
        }

        _renewal = renewal;
        _end.CancelAfter(Left());
        return Lasts;
    }

    /// <summary>Ends it at once.</summary>
    public void End() => _end.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _end.Dispose();
    }

    private TimeSpan Left()
    {
        var renewal = _renewal;
        var steady = _time.GetElapsedTime(renewal.Timestamp);
        var shown = _time.GetUtcNow() - renewal.At;
        var left = _deadline - (steady > shown ? steady : shown);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>When a request was sent, by both clocks.</summary>
    internal sealed record Renewal(long Timestamp, DateTimeOffset At);
}
