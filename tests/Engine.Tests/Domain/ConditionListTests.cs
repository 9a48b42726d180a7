using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tests.Domain;

public sealed class ConditionListTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Then.AddMinutes(1);

    private static readonly ImmutableArray<Condition> Before =
    [
        new("First", ConditionStatus.Unknown, "", "", Then, 1),
        new("Ready", ConditionStatus.False, "Waiting", "for a node", Then, 1),
        new("Last", ConditionStatus.True, "", "", Then, 1),
    ];

    [Theory]
    [InlineData("Ready")]
    [InlineData("ready")]
    public void There_is_one_of_a_type_however_it_is_spelled_and_its_neighbours_stay_as_and_where_they_are(string type)
    {
        var after = Set(type, ConditionStatus.True);

        Assert.Equal([Before[0], new Condition(type, ConditionStatus.True, "Waiting", "for a node", Now, 1), Before[2]], after.AsEnumerable());
        Assert.Equal(type, ConditionList.Find(after, "READY")!.Type);
        Assert.Equal([Before[0], Before[2]], ConditionList.Remove(after, "READY").AsEnumerable());
    }

    [Fact]
    public void A_new_type_comes_last() => Assert.Equal(["First", "Ready", "Last", "Stuck"], Set("Stuck", ConditionStatus.True).Select(condition => condition.Type));

    [Fact]
    public void The_time_moves_with_the_status_and_with_nothing_else()
    {
        Assert.Equal(Now, Of(Set("Ready", ConditionStatus.True)).LastTransition);
        Assert.Equal(Now, Of(Set("Ready", ConditionStatus.Unknown)).LastTransition);
        Assert.Equal(
            new Condition("Ready", ConditionStatus.False, "Pulling", "the image", Then, 2),
            Of(ConditionList.Set(Before, "Ready", ConditionStatus.False, "Pulling", "the image", 2, Now)));
    }

    [Fact]
    public void What_changes_nothing_is_the_very_same_list() => Assert.True(Before == Set("Ready", ConditionStatus.False));

    private static Condition Of(ImmutableArray<Condition> conditions) => ConditionList.Find(conditions, "Ready")!;

    private static ImmutableArray<Condition> Set(string type, ConditionStatus status) => ConditionList.Set(Before, type, status, "Waiting", "for a node", 1, Now);
}
