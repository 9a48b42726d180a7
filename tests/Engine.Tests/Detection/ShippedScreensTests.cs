using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Detection;

public sealed class ShippedScreensTests
{
    public static TheoryData<string> Names => [.. AllNames()];

    private static string Folder => Path.Combine(Repository.Root, "tests", "Engine.Tests", "Detection", "Screens");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_captured_screen_is_read_as_its_first_line_expects(string name)
    {
        var (expected, rule, command, moment, screen) = Read(name);

        var (judged, _) = ShippedRules.Set.Judge(screen, command, moment);

        Assert.Equal((expected, rule), (judged.Activity, judged.Why.Split(':')[0]));
    }

    // What agents run in is not always what pane_current_command says: node, python, a wrapper of the operator's.
    [Theory]
    [MemberData(nameof(Names))]
    public void An_approval_is_seen_whatever_the_command_is_called_and_whatever_moves(string name)
    {
        var (expected, _, _, _, screen) = Read(name);
        if (expected != Activity.Blocked)
        {
            return;
        }

        Assert.All(
            from command in new[] { "wrapper", "node", "bash", null }
            from moment in new[] { ScreenMoment.Quiet, new ScreenMoment(IsSettled: true, HasOutput: true) }
            select ShippedRules.Set.Judge(screen, command, moment).Judgement.Activity,
            activity => Assert.Equal(Activity.Blocked, activity));
    }

    [Fact]
    public void Every_shipped_rule_decides_at_least_one_captured_screen()
    {
        var decided = AllNames().Select(name => Read(name).Rule).ToHashSet();

        Assert.All(ShippedRules.Set.Ranked, rule => Assert.Contains(rule.Id, decided));
    }

    private static IEnumerable<string> AllNames() =>
        Directory.EnumerateFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    private static (Activity Expected, string Rule, string Command, ScreenMoment Moment, AgentScreen Screen) Read(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, name + ".txt"));
        var words = lines[0].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return (
            Enum.Parse<Activity>(words[1], ignoreCase: true),
            words[3],
            words[5],
            lines[0].EndsWith("while output comes", StringComparison.Ordinal) ? ScreenMoment.Moving : ScreenMoment.Quiet,
            AgentScreen.OfRows(lines.Skip(1)));
    }
}
