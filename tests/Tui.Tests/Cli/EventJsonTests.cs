using System.Text.Json;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.Cli.Json;

namespace AgentDeck.Tui.Tests.Cli;

public sealed class EventJsonTests
{
    [Fact]
    public void A_change_of_leader_says_who_leads_and_who_led()
    {
        var line = JsonDocument.Parse(FleetJson.WriteLine(new LeaderChanged(3, default, "gc", "ship_1", "ship_2"))).RootElement;

        Assert.Equal(
            ("leader-changed", "gc", "ship_1", "ship_2"),
            (line.GetProperty("type").GetString(), line.GetProperty("source").GetString(), line.GetProperty("from").GetString(), line.GetProperty("to").GetString()));
    }

    [Theory]
    [InlineData(true, null, "Stuck", "pending for long")]
    [InlineData(false, "Stuck", null, null)]
    public void A_condition_that_begins_or_ends_is_an_event_of_its_own(bool holds, string? from, string? to, string? reason)
    {
        var happened = new ConditionChanged(3, default, new AgentId("gc", "", "mayor"), ConditionTypes.Stuck, holds, holds ? "pending for long" : "");

        var line = JsonDocument.Parse(FleetJson.WriteLine(happened)).RootElement;

        Assert.Equal("condition-changed", line.GetProperty("type").GetString());
        Assert.Equal("gc/mayor", line.GetProperty("agent").GetString());
        Assert.Equal((from, to, reason), (line.GetProperty("from").GetString(), line.GetProperty("to").GetString(), line.GetProperty("reason").GetString()));
    }
}
