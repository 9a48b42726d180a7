using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tests.Detection;

public sealed class RuleSetTests
{
    private static readonly DetectionRule Rule = new() { Id = "a", Origin = "f.toml", Activity = Activity.Waiting, Text = Of(all: ["go on"]) };

    [Fact]
    public void The_highest_priority_decides_and_of_equal_ones_the_first()
    {
        var rules = Set(Rule with { Id = "low", Priority = 1 }, Rule with { Id = "first", Priority = 2 }, Rule with { Id = "second", Priority = 2 });

        Assert.Equal("first: go on?", Judge(rules, "go on?", null).Why);
    }

    [Theory]
    [InlineData("go on", true)]
    [InlineData("please GO ON now", true)]
    [InlineData("go\non", false)]
    [InlineData("stop", false)]
    public void Text_is_found_in_upper_and_lower_case_within_one_line(string screen, bool matches) => Assert.Equal(matches, Matches(Rule, screen));

    [Theory]
    [InlineData("a b c", true)]
    [InlineData("b c", false)]
    [InlineData("a b", false)]
    [InlineData("a b c x", false)]
    [InlineData("a d c", true)]
    public void All_any_and_none_must_hold_together(string screen, bool matches) =>
        Assert.Equal(matches, Matches(Rule with { Text = Of(all: ["a", "c"], any: ["b", "d"], none: ["x"]) }, screen));

    [Theory]
    [InlineData(new string[0], new string[0], "claude", true)]
    [InlineData(new[] { "claude", "node" }, new string[0], "claude", true)]
    [InlineData(new[] { "node" }, new string[0], "claude", false)]
    [InlineData(new string[0], new[] { "claude" }, "claude", false)]
    [InlineData(new[] { "claude" }, new[] { "claude" }, "claude", false)]
    [InlineData(new[] { "node" }, new[] { "claude" }, null, true)]
    public void Commands_let_a_rule_in_and_keep_it_out(string[] only, string[] except, string? command, bool matches) =>
        Assert.Equal(matches, (Rule with { Commands = [.. only], ExceptCommands = [.. except] }).Match(AgentScreen.OfRows(["go on"]), command) is not null);

    [Theory]
    [InlineData(RuleTime.Quiet, true, true, false)]
    [InlineData(RuleTime.Output, false, true, true)]
    [InlineData(RuleTime.Always, true, true, true)]
    public void A_rule_holds_at_its_time(object time, bool quiet, bool ticking, bool moving)
    {
        var rules = Set(Rule with { When = (RuleTime)time });
        var screen = AgentScreen.OfRows(["go on"]);

        Assert.Equal(
            (quiet, ticking, moving),
            (Holds(ScreenMoment.Quiet), Holds(new ScreenMoment(IsSettled: true, HasOutput: true)), Holds(ScreenMoment.Moving)));

        bool Holds(ScreenMoment moment) => rules.Judge(screen, null, moment).Judgement.Activity == Activity.Waiting;
    }

    [Fact]
    public void Without_a_rule_only_output_that_changes_something_is_work()
    {
        var rules = Set();

        Assert.Equal(ActivityJudgement.Quiet, rules.Judge(AgentScreen.Empty, null, ScreenMoment.Quiet).Judgement);
        Assert.Equal(ActivityJudgement.Output, rules.Judge(AgentScreen.Empty, null, ScreenMoment.Moving).Judgement);
        Assert.Equal(ActivityJudgement.Ticking, rules.Judge(AgentScreen.Empty, null, new ScreenMoment(IsSettled: true, HasOutput: true)).Judgement);
    }

    [Fact]
    public void The_line_that_matched_is_told_without_its_frame_and_cut()
    {
        var regex = Rule with { Text = RulePatterns.Nothing, Regex = new RulePatterns([RulePattern.OfRegex(@"^\s*│ +go \w+")], [], []) };

        Assert.Equal("go on with the rest", regex.Match(AgentScreen.OfRows(["other", "│  go on with the rest   │"]), null));
        Assert.Equal(200, Rule.Match(AgentScreen.OfRows(["go on " + new string('x', 500)]), null)!.Length);
        Assert.Equal("second", (regex with { Regex = new RulePatterns([RulePattern.OfRegex(@"^─+\nsecond")], [], []) }).Match(AgentScreen.OfRows(["────", "second", "third"]), null));
    }

    [Fact]
    public void What_needs_backtracking_has_a_time_limit_and_says_nothing_when_it_is_reached()
    {
        var pattern = RulePattern.OfRegex(@"(?=(a+)+$)\1b");

        Assert.Equal((RegexOptions.None, TimeSpan.FromMilliseconds(50)), (pattern.Regex.Options & RegexOptions.NonBacktracking, pattern.Regex.MatchTimeout));
        Assert.Throws<RegexMatchTimeoutException>(() => pattern.Regex.IsMatch(new string('a', 5000) + "!"));
        Assert.False(pattern.Find(new string('a', 5000) + "!", out _, out _));
    }

    [Fact]
    public void Hostile_screens_break_nothing()
    {
        var screen = AgentScreen.OfRows(
            [new string('─', 1000), "❯ " + new string('?', 1000), new string(' ', 1000), new string('a', 1000) + "?", string.Concat(Enumerable.Repeat("Allow ", 160)), string.Concat(Enumerable.Repeat("❯ 1. ", 200))]);

        Assert.True(Enum.IsDefined(ShippedRules.Set.Judge(screen, null, ScreenMoment.Quiet).Judgement.Activity));
    }

    [Fact]
    public void A_report_names_every_rule_that_matches_in_order_and_whether_it_holds()
    {
        var rules = Set(Rule with { Id = "work", When = RuleTime.Output, Priority = 9, Activity = Activity.Busy }, Rule with { Id = "never", Text = Of(all: ["stop"]) }, Rule);

        var quiet = rules.Explain("go on?"u8, null, hasOutput: false);
        Assert.Equal((Activity.Waiting, "a: go on?"), (quiet.Activity, quiet.Why));
        Assert.Equal(
            [new DetectionMatch("a", "f.toml", Activity.Waiting, 500, "go on?", true), new DetectionMatch("work", "f.toml", Activity.Busy, 9, "go on?", false)],
            quiet.Matches.AsEnumerable());
        Assert.Equal(Activity.Busy, rules.Explain("go on?"u8, null, hasOutput: true).Activity);
    }

    private static RuleSet Set(params DetectionRule[] rules) => new(() => [.. rules]);

    private static ActivityJudgement Judge(RuleSet rules, string screen, string? command) =>
        rules.Judge(AgentScreen.OfRows(screen.Split('\n')), command, ScreenMoment.Quiet).Judgement;

    private static bool Matches(DetectionRule rule, string screen) => rule.Match(AgentScreen.OfRows(screen.Split('\n')), null) is not null;

    private static RulePatterns Of(string[]? all = null, string[]? any = null, string[]? none = null) => new(Texts(all), Texts(any), Texts(none));

    private static ImmutableArray<RulePattern> Texts(string[]? texts) => [.. (texts ?? []).Select(RulePattern.OfText)];
}
