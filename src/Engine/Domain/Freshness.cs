namespace AgentDeck.Engine.Domain;

/// <summary>
/// How old shown values are. A source that is live pushes every change, so its values are confirmed by the open link itself
/// and need no stamp of their own: an idle fleet makes no new snapshot. The age begins when the link is lost.
/// </summary>
public static class Freshness
{
    /// <summary>The instant as of which an agent's values hold: <paramref name="now"/> while its source is live, otherwise when the source last answered.</summary>
    public static DateTimeOffset AsOf(FleetSnapshot fleet, Agent agent, DateTimeOffset now) => AsOf(fleet.SourceOf(agent.Id), agent, now);

    /// <summary>The same, of an agent of a source; null for one that is no longer configured.</summary>
    public static DateTimeOffset AsOf(SourceStatus? source, Agent agent, DateTimeOffset now)
    {
        var asOf = source switch
        {
            { Link: SourceLink.Live } => now,
            { LastSeen: { } lastSeen } => lastSeen,
            _ => agent.Status.ObservedAt,
        };
        // Its own stream may have been lost before the source, and come back after it.
        return LostSince(agent) is { } lost && lost < asOf ? lost : asOf;
    }

    /// <summary>Since when the agent's own stream is cut, although its source is live; null when it is not.</summary>
    public static DateTimeOffset? LostSince(Agent agent) => agent.Status.Conditions.FirstOrDefault(condition =>
        condition is { Type: ConditionTypes.StreamConnected, Status: ConditionStatus.False, Reason: ConditionTypes.StreamLost })?.LastTransition;
}
