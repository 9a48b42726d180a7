namespace AgentDeck.Engine.Leadership;

/// <summary>
/// By which rules one of several engines leads; those of client-go's leader election. Pure. Clocks of different machines are never compared:
/// a Lease is expired when nobody renewed it for its whole duration while we looked.
/// </summary>
internal static class LeaseRules
{
    // More than that nobody promises in earnest.
    private static readonly TimeSpan LongestDuration = TimeSpan.FromHours(1);

    /// <summary>Takes what was read now into account.</summary>
    /// <param name="before">What was seen before; null at first.</param>
    /// <param name="record">What was read; null when there is no Lease.</param>
    /// <param name="version">Its version.</param>
    /// <param name="now">Our own steady clock.</param>
    public static LeaseView Observe(LeaseView? before, LeaseRecord? record, string version, TimeSpan now) =>
        before is not null && before.Record == record ? before with { Version = version } : new LeaseView(record, version, now);

    /// <summary>What to do next.</summary>
    /// <param name="view">What is seen.</param>
    /// <param name="identity">Who we are.</param>
    /// <param name="times">The times of the election.</param>
    /// <param name="now">Our own steady clock.</param>
    public static LeaseStep Next(LeaseView view, string identity, LeaseTimes times, TimeSpan now) => view.Record switch
    {
        null => LeaseStep.Create,
        { Holder: "" } => LeaseStep.Take,
        { Holder: var holder } when holder == identity => LeaseStep.Renew,
        var record => now - view.ChangedAt >= DurationOf(record, times) ? LeaseStep.Take : LeaseStep.Wait,
    };

    // What its holder promised counts; nobody is hurried.
    private static TimeSpan DurationOf(LeaseRecord record, LeaseTimes times)
    {
        var promised = TimeSpan.FromSeconds(record.Seconds);
        return promised > LongestDuration ? LongestDuration : promised > times.Duration ? promised : times.Duration;
    }
}
