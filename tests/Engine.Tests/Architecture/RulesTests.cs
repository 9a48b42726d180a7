using System.Text.RegularExpressions;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Architecture;

/// <summary>Keeps <c>docs/rules.md</c> true: every rule stands in it, and every test that it names exists.</summary>
public sealed partial class RulesTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs/rules.md"));

    [Fact]
    public void Every_test_that_holds_a_rule_exists()
    {
        var tests = (
            from file in SourceFile.Below("tests")
            from line in file.Lines
            let method = Method().Match(line)
            where method.Success
            select method.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        Assert.Contains(nameof(Every_test_that_holds_a_rule_exists), tests);
        Assert.Empty(Rows().SelectMany(row => Names(row.Held)).Except(tests));
    }

    [Fact]
    public void Every_rule_that_applies_names_a_test() => Assert.Empty(Rows().Where(row => !Names(row.Held).Any()).Select(row => row.Rule));

    [Theory]
    [InlineData("A", 68)]
    [InlineData("S", 19)]
    [InlineData("O", 17)]
    public void Every_rule_is_held_by_a_test_or_said_not_to_apply(string list, int count)
    {
        var held = Rows().SelectMany(row => Numbers(row.Rule, list)).ToHashSet();
        var waived = Page.Where(line => line.StartsWith("* **", StringComparison.Ordinal)).SelectMany(line => Numbers(line.Split("**")[1], list)).ToHashSet();

        Assert.Equal(Enumerable.Range(1, count), held.Union(waived).Order());
        Assert.Empty(held.Intersect(waived));
    }

    // The first column of a table and its last.
    private static IEnumerable<(string Rule, string Held)> Rows() =>
        from line in Page
        where line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| # ", StringComparison.Ordinal)
        let cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries)
        select (cells[0], cells[^1]);

    private static IEnumerable<string> Names(string cell) => Name().Matches(cell).Select(match => match.Groups[1].Value);

    private static IEnumerable<int> Numbers(string text, string list) =>
        from Match match in Number().Matches(text)
        where match.Groups[1].Value == list
        select int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^    public (?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex Method();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"\b([ASO])(\d+)\b")]
    private static partial Regex Number();
}
