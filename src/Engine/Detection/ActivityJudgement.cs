using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Detection;

/// <summary>An activity and why.</summary>
/// <param name="Activity">What the agent does.</param>
/// <param name="Why">The rule and the line that matched, plain.</param>
internal sealed record ActivityJudgement(Activity Activity, string Why)
{
    /// <summary>Nobody looked yet.</summary>
    public static readonly ActivityJudgement None = new(Activity.None, "");

    /// <summary>Output comes, and no rule says more.</summary>
    public static readonly ActivityJudgement Output = new(Activity.Busy, "output");

    /// <summary>No output comes, and no rule says more.</summary>
    public static readonly ActivityJudgement Quiet = new(Activity.Idle, "quiet");

    /// <summary>Output comes and says nothing.</summary>
    public static readonly ActivityJudgement Ticking = new(Activity.Idle, "only a clock or a spinner moves");
}
