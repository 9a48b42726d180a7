using System.Collections.Immutable;

namespace AgentDeck.Engine.Detection;

/// <summary>
/// The rules that read an activity off a screen: blocked comes first, because text typed there would choose an entry; then a
/// sign of work, then limits, which an open prompt box below would hide, then questions and prompts. Immutable; safe for several threads.
/// </summary>
public sealed class RuleSet
{
    private readonly Lazy<ImmutableArray<DetectionRule>> _ranked;

    /// <summary>Creates a set.</summary>
    /// <param name="load">Gives the rules when they are first needed, in the order that decides between rules of one priority.</param>
    internal RuleSet(Func<ImmutableArray<DetectionRule>> load) =>
        _ranked = new Lazy<ImmutableArray<DetectionRule>>(() => [.. load().OrderByDescending(rule => rule.Priority)]);

    /// <summary>The rules, the one that decides first before the others.</summary>
    internal ImmutableArray<DetectionRule> Ranked => _ranked.Value;

    /// <summary>Says everything that the rules find on a screen.</summary>
    /// <param name="capture">The rows as <c>capture-pane -p</c> prints them, with or without <c>-e</c>.</param>
    /// <param name="command">The command in the pane, or null when it is not known.</param>
    /// <param name="hasOutput">Whether to judge as if output came at this moment.</param>
    public DetectionReport Explain(ReadOnlySpan<byte> capture, string? command, bool hasOutput)
    {
        var screen = AgentScreen.Of(capture, historySize: 0);
        var moment = hasOutput ? ScreenMoment.Moving : ScreenMoment.Quiet;
        var matches = ImmutableArray.CreateBuilder<DetectionMatch>();
        foreach (var rule in Ranked)
        {
            if (rule.Match(screen, command) is { } line)
            {
                matches.Add(new DetectionMatch(rule.Id, rule.Origin, rule.Activity, rule.Priority, line, moment.Allows(rule.When)));
            }
        }

        var judged = Judge(screen, command, moment).Judgement;
        return new DetectionReport(judged.Activity, judged.Why, matches.ToImmutable());
    }

    /// <summary>These rules with some replaced, added and removed.</summary>
    /// <param name="own">Take the place of the rules with the same id, and come before others of their priority.</param>
    /// <param name="removed">Ids of rules that no longer hold.</param>
    internal RuleSet With(ImmutableArray<DetectionRule> own, ImmutableHashSet<string> removed)
    {
        var hidden = removed.Union(own.Select(rule => rule.Id));
        return own.IsEmpty && removed.IsEmpty ? this : new RuleSet(() => [.. own, .. Ranked.Where(rule => !hidden.Contains(rule.Id))]);
    }

    /// <summary>What an agent does by the first rule that holds; without one it is busy while output changes its screen, else idle.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="command">The command in its pane, or null.</param>
    /// <param name="moment">How the screen behaves.</param>
    /// <returns>The judgement, and whether it is certain without being seen again.</returns>
    internal (ActivityJudgement Judgement, bool IsCertain) Judge(AgentScreen screen, string? command, ScreenMoment moment)
    {
        foreach (var rule in Ranked)
        {
            if (moment.Allows(rule.When) && rule.Match(screen, command) is { } line)
            {
                return (new ActivityJudgement(rule.Activity, line.Length == 0 ? rule.Id : $"{rule.Id}: {line}"), rule.When == RuleTime.Always);
            }
        }

        return moment switch
        {
            { IsSettled: false } => (ActivityJudgement.Output, false),
            { HasOutput: true } => (ActivityJudgement.Ticking, false),
            _ => (ActivityJudgement.Quiet, false),
        };
    }
}
