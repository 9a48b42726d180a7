namespace AgentDeck.Engine.Leadership;

/// <summary>The times of an election. What all who elect have in common is that the deadline ends well before the duration does.</summary>
/// <param name="Duration">How long others wait after the last renewal that they saw.</param>
/// <param name="RenewDeadline">How long after its last renewal the holder may still write.</param>
/// <param name="Retry">How often it is renewed, and about how often others look.</param>
internal sealed record LeaseTimes(TimeSpan Duration, TimeSpan RenewDeadline, TimeSpan Retry)
{
    /// <summary>Those of Kubernetes' own components.</summary>
    public static readonly LeaseTimes Default = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2));
}
