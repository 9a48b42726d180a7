using AgentDeck.Tui.App.Running;

namespace AgentDeck.Tui.Tests.App.Running;

public sealed class FleetPaceTests
{
    [Theory]
    [InlineData(0, 16)]
    [InlineData(499, 16)]
    [InlineData(10_000, 336)]
    public void A_fleet_is_taken_in_once_a_frame_and_a_large_one_less_often(int agents, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), FleetPace.After(agents));
}
