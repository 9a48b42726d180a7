using System.Text.RegularExpressions;
using AgentDeck.Engine.Configuration;

namespace AgentDeck.Engine.Tests.Configuration;

public sealed class ShippedRulesTests
{
    public static TheoryData<string> Files => [.. ShippedRules.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_shipped_file_has_no_problem_and_its_patterns_take_linear_time(string file)
    {
        var rules = ShippedRules.Read(file, checksPatterns: true);

        Assert.NotEmpty(rules);
        Assert.All(
            rules.SelectMany(rule => rule.Regex.All.Concat(rule.Regex.Any).Concat(rule.Regex.None)),
            pattern => Assert.True(pattern.Regex.Options.HasFlag(RegexOptions.NonBacktracking), pattern.Source));
    }

    [Fact]
    public void Every_shipped_rule_has_its_own_name_and_priority_and_those_of_an_agent_kind_its_prefix()
    {
        var rules = ShippedRules.Set.Ranked;

        Assert.Distinct(rules.Select(rule => rule.Id));
        Assert.Distinct(rules.Select(rule => rule.Priority));
        Assert.All(
            rules.Where(rule => rule.Origin != "common.toml"),
            rule => Assert.StartsWith(Path.GetFileNameWithoutExtension(rule.Origin) + "-", rule.Id, StringComparison.Ordinal));
    }
}
