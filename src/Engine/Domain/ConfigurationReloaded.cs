namespace AgentDeck.Engine.Domain;

/// <summary>The configuration file changed and was read again.</summary>
/// <param name="Errors">How many errors it has; when not 0 the last good configuration stays in force.</param>
/// <param name="Seq">The number of the event.</param>
/// <param name="At">When it was read.</param>
public sealed record ConfigurationReloaded(long Seq, DateTimeOffset At, int Errors) : FleetEvent(Seq, At, null);
