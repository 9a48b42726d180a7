using System.Collections.Immutable;

namespace AgentDeck.Engine.Domain;

/// <summary>Keeps conditions by the rules of Kubernetes: one a type, however it is spelled, and its time moves only when its status does. Pure.</summary>
internal static class ConditionList
{
    /// <summary>The condition of a type, or null.</summary>
    public static Condition? Find(ImmutableArray<Condition> conditions, string type) => conditions.FirstOrDefault(condition => Is(condition, type));

    /// <summary>The conditions with one of them set; the very same array when nothing changed, because another one would look like a change.</summary>
    public static ImmutableArray<Condition> Set(
        ImmutableArray<Condition> conditions, string type, ConditionStatus status, string reason, string message, long generation, DateTimeOffset now)
    {
        var old = Find(conditions, type);
        var next = new Condition(type, status, reason, message, old?.Status == status ? old.LastTransition : now, generation);
        return old == next ? conditions : old is null ? conditions.Add(next) : conditions.Replace(old, next);
    }

    /// <summary>The conditions without those of a type.</summary>
    public static ImmutableArray<Condition> Remove(ImmutableArray<Condition> conditions, string type) => conditions.RemoveAll(condition => Is(condition, type));

    // As the platforms do that write conditions.
    private static bool Is(Condition condition, string type) => condition.Type.Equals(type, StringComparison.OrdinalIgnoreCase);
}
