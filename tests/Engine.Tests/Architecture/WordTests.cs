using System.Text.RegularExpressions;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Architecture;

public sealed partial class WordTests
{
    [Fact]
    public void What_other_systems_call_something_stands_in_one_file()
    {
        var words = (
            from file in SourceFile.Below("src")
            from line in file.Lines
            from Match match in Foreign().Matches(line)
            select (Word: match.Groups[1].Value, file.Path)).Distinct().ToLookup(found => found.Word, found => found.Path);

        Assert.Contains("ambient-code.io/desired-phase", words.Select(word => word.Key));
        Assert.Empty(words.Where(word => word.Count() > 1).Select(word => $"{word.Key} in {string.Join(" and ", word)}"));
    }

    [Fact]
    public void Neither_kubectl_nor_git_is_run()
    {
        var programs = from file in SourceFile.Below("src")
                       from line in file.Lines
                       from Match match in Started().Matches(line)
                       select match.Groups[1].Value;

        Assert.Contains("tmux", programs);
        Assert.DoesNotContain(programs, program => program is "kubectl" or "git");
    }

    [Fact]
    public void Only_the_reconciler_starts_and_ends_agents()
    {
        Assert.Equal(
            ["src/Engine/Reconciliation/AgentReconciler.cs"],
            (from file in SourceFile.Below("src")
             where !file.Path.StartsWith("src/Engine/Sources/", StringComparison.Ordinal)
             where file.Lines.Any(line => OfASource().IsMatch(line))
             select file.Path).Distinct());
    }

    [Fact]
    public void A_phase_is_concluded_by_its_rules_and_by_nothing_else()
    {
        var concluding = SourceFile.Below("src/Engine/Sources").Where(file => file.Lines.Any(line => line.Contains("new AgentStatus", StringComparison.Ordinal))).ToList();

        Assert.NotEmpty(concluding);
        Assert.All(concluding, file => Assert.Contains(file.Lines, line => line.Contains("PhaseRules.Judge(", StringComparison.Ordinal)));
        Assert.Empty(
            from file in SourceFile.Below("src/Engine/Sources")
            from line in file.Lines
            where line.Contains("Phase = AgentPhase.", StringComparison.Ordinal)
            select $"{file.Path}: {line.Trim()}");
    }

    // Labels, annotations and variables of the systems that are served.
    [GeneratedRegex(@"""((?:[a-z0-9-]+\.)+[a-z]+/[a-zA-Z-]+|gc-[a-z-]+|GC_[A-Z_0-9]+|BEADS_[A-Z_]+|LINUX_USERNAME|scion\.[a-z_]+|agentic-session|app=[a-z-]+|agentdeck/[a-z-]+|@agentdeck_[a-z]+)""")]
    private static partial Regex Foreign();

    [GeneratedRegex("Program = \"([^\"]+)\"")]
    private static partial Regex Started();

    [GeneratedRegex(@"\b(?:source|_source)\??\.(?:StartAsync|KillAsync|AnnounceStopAsync|WithdrawStopAsync)\(")]
    private static partial Regex OfASource();
}
