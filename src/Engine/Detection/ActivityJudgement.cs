using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Detection;

/// <summary>An activity and why.</summary>
/// <param name="Activity">What the agent does.</param>
/// <param name="Why">The rule and the line that matched, plain.</param>
internal sealed record ActivityJudgement(Activity Activity, string Why)
{
    /// <summary>Nobody looked yet.</summary>
    public static readonly ActivityJudgement None = new(Activity.None, "");
}
