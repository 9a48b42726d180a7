namespace AgentDeck.Tui.App.Running;

/// <summary>
/// How often changes of the fleet are taken in. The first after a pause always comes at once; those that follow are merged meanwhile,
/// because each one puts the whole list in order again and nobody reads thousands of rows sixty times a second.
/// </summary>
internal static class FleetPace
{
    private const int AgentsAFrame = 500;

    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(16);

    /// <summary>How long to leave a fleet of so many agents alone after a change: one frame, and one more for every 500 of them.</summary>
    public static TimeSpan After(int agents) => Frame * (1 + (agents / AgentsAFrame));
}
