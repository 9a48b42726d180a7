namespace AgentDeck.Engine.Domain;

/// <summary>
/// How old shown values are. A source that is live pushes every change, so its values are confirmed by the open link itself
/// and need no stamp of their own: an idle fleet makes no new snapshot. The age begins when the link is lost.
/// </summary>
public static class Freshness
{
    /// <summary>The instant as of which an agent's values hold: <paramref name="now"/> while its source is live, otherwise when the source last answered.</summary>
    public static DateTimeOffset AsOf(FleetSnapshot fleet, Agent agent, DateTimeOffset now) => fleet.SourceOf(agent.Id) switch
    {
        { Link: SourceLink.Live } => now,
        { LastSeen: { } lastSeen } when lastSeen > agent.Status.ObservedAt => lastSeen,
        _ => agent.Status.ObservedAt,
    };
}
