using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>What the engine states about an agent, as conditions. Pure.</summary>
internal static class UpkeepConditions
{
    /// <summary>The statements after a plan was made; the very same array when nothing changed.</summary>
    public static ImmutableArray<Condition> Of(Agent agent, AgentUpkeep upkeep, AgentPlan plan, DateTimeOffset now)
    {
        var conditions = upkeep.Conditions;
        if (agent.Spec is null && upkeep.Request is null)
        {
            return conditions.IsEmpty ? conditions : [];
        }

        var generation = agent.Generation;
        conditions = agent.Spec is null
            ? ConditionList.Remove(conditions, ConditionTypes.Declared)
            : ConditionList.Set(conditions, ConditionTypes.Declared, ConditionStatus.True, "InConfiguration", "", generation, now);
        conditions = ConditionList.Set(conditions, ConditionTypes.Reconciled, plan.Reconciled, plan.Reason, plan.Message, generation, now);
        conditions = StuckRules.Limit(upkeep) is { } limit && limit.Due <= now
            ? ConditionList.Set(conditions, ConditionTypes.Stuck, ConditionStatus.True, limit.Reason, limit.Message, generation, now)
            : Without(conditions, ConditionTypes.Stuck);
        return agent is { Spec: { } spec, Status.Drift: not null }
            ? ConditionList.Set(conditions, ConditionTypes.Drifted, ConditionStatus.True, "DeclarationChanged", Drifted(spec.Apply), generation, now)
            : Without(conditions, ConditionTypes.Drifted);
    }

    private static string Drifted(ApplyPolicy apply) =>
        $"its declaration was changed since it was started; {(apply == ApplyPolicy.Auto ? "it is restarted for that once it rests" : "a restart applies it")}";

    private static ImmutableArray<Condition> Without(ImmutableArray<Condition> conditions, string type) =>
        ConditionList.Find(conditions, type) is null ? conditions : ConditionList.Remove(conditions, type);
}
