using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.App.Running;

namespace AgentDeck.Tui.Tests.App.Running;

public sealed class FarewellTests
{
    private static readonly SourceStatus Here = new("here", "local", SourceLink.Live, Fleets.Now, null);

    [Theory]
    [InlineData("here/clock", "agentdeck stop here/clock")]
    [InlineData("here/two words", "agentdeck stop 'here/two words'")]
    [InlineData("here/$(touch x);`id`", "agentdeck stop 'here/$(touch x);`id`'")]
    [InlineData("here/it's", @"agentdeck stop 'here/it'\''s'")]
    public void A_name_is_one_harmless_word_when_the_line_is_pasted_into_a_shell(string id, string command) =>
        Assert.Equal($"1 agent keeps running. To stop it: {command}", Farewell.Of(Fleets.Of([Fleets.Agent(id)], Here), "agentdeck"));

    [Fact]
    public void Nothing_is_said_about_agents_that_could_not_be_seen()
    {
        Assert.Equal("No agent is running.", Farewell.Of(Fleets.Of([], Here), "agentdeck"));
        Assert.Equal(
            "No agent is known to be running, but here is unreachable.",
            Farewell.Of(Fleets.Of([], Here with { Link = SourceLink.Unreachable }), "agentdeck"));
    }
}
