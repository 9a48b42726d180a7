using System.Collections.Immutable;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tests.Detection;

public sealed class ActivityRulesTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("approval-menu", Activity.Blocked, "claude", " Do you want to proceed?\n ❯ 1. Yes\n   2. Yes, and don't ask again\n   3. No, and tell Claude what to do differently (esc)")]
    [InlineData("approval-menu", Activity.Blocked, "claude", "╭────────────╮\n│ Do you want to make this edit to a.cs? │\n│ ❯ 1. Yes │\n│   2. No │\n╰────────────╯")]
    [InlineData("approval-menu", Activity.Blocked, "node", "Allow execution of: 'rm -rf build'?\n● 1. Yes, allow once\n  2. Yes, allow always\n  3. No, suggest changes (esc)")]
    [InlineData("approval-menu", Activity.Blocked, "codex", "Would you like to run the following command?\n  $ make\n› 1. Yes, proceed (y)\n  2. No (esc)")]
    [InlineData("approval-keys", Activity.Blocked, "aider", "Run shell command? (Y)es/(N)o/(D)on't ask again [Yes]:")]
    [InlineData("usage-limit", Activity.Limited, "claude", " ⎿  Claude usage limit reached. Your limit will reset at 3pm.\n────────────\n❯ \n────────────")]
    [InlineData("usage-limit", Activity.Limited, "codex", "■ You've hit your usage limit. Try again later.\n› Ask Codex")]
    [InlineData("login", Activity.Limited, "claude", " ⎿  API Error: 401 · Please run /login")]
    [InlineData("yes-no", Activity.Waiting, "sh", "Deploy to production? [y/N]")]
    [InlineData("yes-no", Activity.Waiting, "apt", "Do you want to continue? (yes/no): ")]
    [InlineData("question", Activity.Waiting, "sh", "What should the file be called?")]
    [InlineData("secret", Activity.Waiting, "ssh", "operator@host's password:")]
    [InlineData("menu", Activity.Waiting, "claude", "Which theme?\n❯ 1. Dark\n  2. Light")]
    [InlineData("prompt-box", Activity.Waiting, "claude", "● Done.\n────────────\n❯ \n────────────\n  ? for shortcuts")]
    [InlineData("prompt-box", Activity.Waiting, "claude", "● Done.\n╭──────────────╮\n│ > Try \"fix lint errors\" │\n╰──────────────╯\n  ? for shortcuts")]
    [InlineData("prompt", Activity.Waiting, "python3", ">>> ")]
    public void A_quiet_screen_that_wants_something_is_recognised(string rule, Activity activity, string command, string screen)
    {
        var judged = ActivityRules.Judge(Quiet, [.. screen.Split('\n')], command);

        Assert.Equal(activity, judged.Activity);
        Assert.StartsWith(rule + ": ", judged.Why + ": ", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "total 8\n-rw-r--r-- 1 a a 12 notes.txt\nuser@host:~$")]
    [InlineData("zsh", "❯ ")]
    [InlineData("claude", "● The parser retries when a rate limit is reached, see limits.md.\n  1. Read\n  2. Write")]
    [InlineData("tail", "12:00:01 GET /what?a=1 200\n12:00:02 done")]
    [InlineData("sh", "")]
    public void A_quiet_screen_that_wants_nothing_is_idle(string command, string screen) =>
        Assert.Equal(Activity.Idle, ActivityRules.Judge(Quiet, [.. screen.Split('\n')], command).Activity);

    [Fact]
    public void Output_counts_as_busy_whatever_the_screen_shows() =>
        Assert.Equal(Activity.Busy, ActivityRules.Judge(TimeSpan.FromSeconds(1), ["Go on? [y/N]"], "sh").Activity);

    [Fact]
    public void The_reason_names_the_rule_and_the_line() =>
        Assert.Equal("yes-no: Deploy? [y/N]", ActivityRules.Judge(Quiet, ["Building", "Deploy? [y/N]"], "sh").Why);

    [Fact]
    public void Hostile_lines_cost_no_more_than_the_time_limit_and_break_nothing()
    {
        ImmutableArray<string> lines =
        [
            new string('─', 1000), "❯ " + new string('?', 1000), new string(' ', 1000), new string('a', 1000) + "?", string.Concat(Enumerable.Repeat("Allow ", 160)),
        ];

        Assert.True(Enum.IsDefined(ActivityRules.Judge(Quiet, lines, null).Activity));
    }

    [Fact]
    public void Every_built_in_rule_has_its_own_name() =>
        Assert.Equal(BuiltInRules.Ranked.Length, BuiltInRules.Ranked.Select(rule => rule.Id).Distinct().Count());
}
