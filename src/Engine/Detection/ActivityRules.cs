using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Detection;

/// <summary>
/// Concludes what a running agent does: it is busy while output comes; once it is quiet, the first rule that matches the end
/// of its screen decides; without one it is idle. Pure.
/// </summary>
internal static class ActivityRules
{
    /// <summary>An agent counts as busy until it was quiet this long. tmux tells activity in whole seconds.</summary>
    internal static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(3);

    /// <summary>How many last lines of a screen rules may need.</summary>
    internal const int LinesNeeded = 16;

    /// <summary>The activity of an agent.</summary>
    /// <param name="quiet">How long its window gave no output; null when that is not known.</param>
    /// <param name="lines">The last lines of its screen, see <see cref="ScreenLines"/>.</param>
    /// <param name="command">The command in its pane, or null.</param>
    public static ActivityJudgement Judge(TimeSpan? quiet, ImmutableArray<string> lines, string? command) =>
        quiet < QuietAfter ? new ActivityJudgement(Activity.Busy, "output") : JudgeQuiet(BuiltInRules.Ranked, lines, command);

    /// <summary>The activity of a quiet agent by the first of <paramref name="rules"/> that matches.</summary>
    internal static ActivityJudgement JudgeQuiet(ImmutableArray<DetectionRule> rules, ImmutableArray<string> lines, string? command)
    {
        foreach (var rule in rules)
        {
            if ((command is null || !rule.ExceptCommands.Contains(command)) && MatchOf(rule, lines) is { } line)
            {
                return new ActivityJudgement(rule.Activity, line.Length == 0 ? rule.Id : $"{rule.Id}: {line}");
            }
        }

        return new ActivityJudgement(Activity.Idle, "quiet");
    }

    // The text of the first pattern's match, trimmed to what tells something; null when a pattern does not match.
    private static string? MatchOf(DetectionRule rule, ImmutableArray<string> lines)
    {
        var text = string.Join('\n', lines.Skip(lines.Length - rule.Lines));
        string? telling = null;
        try
        {
            foreach (var pattern in rule.All)
            {
                var match = pattern.Match(text);
                if (!match.Success)
                {
                    return null;
                }

                telling ??= match.Value.Split('\n').Select(line => line.Trim(' ', '│', '─', '╭', '╮', '╰', '╯')).FirstOrDefault(line => line.Length > 0) ?? "";
            }
        }
        catch (RegexMatchTimeoutException)
        {
            // A screen that is too costly to read says nothing; the agent stays as its quietness tells.
            return null;
        }

        return telling;
    }
}
