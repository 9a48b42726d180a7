using System.Globalization;

namespace AgentDeck.Engine.Domain;

/// <summary>What the operator should look at first. Pure.</summary>
public static class Attention
{
    /// <summary>The rank of an agent that wants nothing.</summary>
    public const int None = 5;

    /// <summary>0 is first: failed, blocked, waiting, limited, unknown, then the rest, with those that somebody acknowledged.</summary>
    public static int Rank(Agent agent) => IsAcknowledged(agent) ? None : Rank(agent.Status);

    /// <summary>The same for a state, whatever was acknowledged.</summary>
    public static int Rank(AgentStatus status) => status switch
    {
        { Phase: AgentPhase.Failed } => 0,
        { Activity: Activity.Blocked } => 1,
        { Activity: Activity.Waiting } => 2,
        { Activity: Activity.Limited } => 3,
        { Phase: AgentPhase.Unknown } => 4,
        _ => None,
    };

    /// <summary>Whether an operator has seen what the agent wants, and it did nothing since then.</summary>
    public static bool IsAcknowledged(Agent agent) => agent.Acknowledged is { } seen && seen.What == KeyOf(agent);

    /// <summary>
    /// Names the state that an agent is in: another as soon as its phase, activity, run or pod changes or it prints anything, and the same for every
    /// engine that sees it. Holds nothing that the agent printed.
    /// </summary>
    public static string KeyOf(Agent agent) => $"{agent.Status.Phase}|{agent.Status.Activity}|{MomentOf(agent)}|{agent.Status.Pod?.Uid}";

    /// <summary>When the agent is, by its own times, which every engine reads alike.</summary>
    internal static string MomentOf(Agent agent) => $"{Time(agent.Status.StartedAt)}|{agent.Restarts}|{Time(agent.Status.LastActivity)}";

    /// <summary>A time as it stands in keys; empty when it is not known.</summary>
    internal static string Time(DateTimeOffset? at) => at?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) ?? "";
}
