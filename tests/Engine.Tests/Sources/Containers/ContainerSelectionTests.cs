using System.Collections.Immutable;
using AgentDeck.Engine.Sources.Containers;

namespace AgentDeck.Engine.Tests.Sources.Containers;

public sealed class ContainerSelectionTests
{
    private static readonly ContainerInfo Container = new("1", "agent-a", "running")
    {
        Labels = ImmutableDictionary<string, string>.Empty.Add("app", "agent").Add("empty", ""),
    };

    [Theory]
    [InlineData("", null, true)]
    [InlineData("app", null, true)]
    [InlineData("app=agent", null, true)]
    [InlineData("app=agent,empty=", null, true)]
    [InlineData("app=agent", "agent-*", true)]
    [InlineData("", "*-a", true)]
    [InlineData("app=other", null, false)]
    [InlineData("app=agent,team", null, false)]
    [InlineData("app=agent", "agent", false)]
    [InlineData("", "Agent-*", false)]
    public void Labels_and_name_must_all_match(string labels, string? names, bool isMeant) =>
        Assert.Equal(isMeant, new ContainerSelection(labels, names).Has(Container));
}
