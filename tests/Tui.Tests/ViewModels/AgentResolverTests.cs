using AgentDeck.Testing;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Tests.ViewModels;

public sealed class AgentResolverTests
{
    private static readonly Engine.Domain.FleetSnapshot Fleet = Fleets.Of(
    [
        Fleets.Agent("gc/mayor"),
        Fleets.Agent("gc/coder"),
        Fleets.Agent("gc/coder-2"),
        Fleets.Agent("dev/coder-2"),
        Fleets.Agent("here/Clock"),
    ]);

    [Theory]
    [InlineData("gc/mayor", "gc/mayor")]
    [InlineData("mayor", "gc/mayor")]
    [InlineData("MAYOR", "gc/mayor")]
    [InlineData("may", "gc/mayor")]
    [InlineData("yor", "gc/mayor")]
    [InlineData("coder", "gc/coder")]
    [InlineData("gc/coder-2", "gc/coder-2")]
    [InlineData("dev/", "dev/coder-2")]
    [InlineData("clock", "here/Clock")]
    [InlineData("here//Clock", "here/Clock")]
    public void A_name_or_a_part_that_only_one_has_means_that_one(string text, string expected) =>
        Assert.Equal(expected, Assert.IsType<AgentResolution.One>(AgentResolver.Resolve(text, Fleet)).Agent.Id.ToString());

    [Theory]
    [InlineData("coder-2", "dev/coder-2 gc/coder-2")]
    [InlineData("gc/", "gc/coder gc/coder-2 gc/mayor")]
    [InlineData("er", "dev/coder-2 gc/coder gc/coder-2 here/Clock")]
    public void A_part_that_several_have_lists_them(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Assert.IsType<AgentResolution.Ambiguous>(AgentResolver.Resolve(text, Fleet)).Candidates));

    [Theory]
    [InlineData("mayro", "gc/mayor")]
    [InlineData("gc/meyor", "gc/mayor")]
    [InlineData("zzzzzz", "")]
    [InlineData("", "")]
    public void A_name_that_nobody_has_suggests_the_nearest(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Assert.IsType<AgentResolution.None>(AgentResolver.Resolve(text, Fleet)).Nearest));
}
