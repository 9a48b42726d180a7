using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>What is to be done about an agent, and how it stands to what is wanted.</summary>
/// <param name="Action">The next step.</param>
/// <param name="CheckAgainAt">When to look again even if nothing changes, or null.</param>
/// <param name="Reconciled">Whether the agent is as it should be; unknown where nothing can be said.</param>
/// <param name="Reason">CamelCase cause of <paramref name="Reconciled"/>.</param>
/// <param name="Message">One sentence for people; may be empty.</param>
internal sealed record AgentPlan(AgentAction Action, DateTimeOffset? CheckAgainAt, ConditionStatus Reconciled, string Reason, string Message)
{
    /// <summary>A plan to do something about an agent that is not as it should be.</summary>
    public static AgentPlan Do(AgentAction action, string reason, string message) => new(action, null, ConditionStatus.False, reason, message);

    /// <summary>A plan to wait until a time.</summary>
    public static AgentPlan Wait(DateTimeOffset until, string reason, string message) => new(new AgentAction.None(), until, ConditionStatus.False, reason, message);

    /// <summary>A plan to leave it, though it is not as declared.</summary>
    public static AgentPlan Leave(string reason, string message) => new(new AgentAction.None(), null, ConditionStatus.False, reason, message);

    /// <summary>It is as it should be.</summary>
    public static AgentPlan Good(string reason) => new(new AgentAction.None(), null, ConditionStatus.True, reason, "");

    /// <summary>Nothing can be said.</summary>
    public static AgentPlan Unknown(string reason, string message) => new(new AgentAction.None(), null, ConditionStatus.Unknown, reason, message);
}
