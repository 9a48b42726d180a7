namespace AgentDeck.Engine.Domain;

/// <summary>One statement about an agent, by the rules of Kubernetes conditions: one per type.</summary>
/// <param name="Type">CamelCase name, for example <c>SessionAlive</c>.</param>
/// <param name="Status">Whether it holds.</param>
/// <param name="Reason">CamelCase cause, for machines.</param>
/// <param name="Message">One sentence, for people; may be empty.</param>
/// <param name="LastTransition">When <paramref name="Status"/> last changed; other changes do not move it.</param>
/// <param name="ObservedGeneration">The generation of the declaration that was judged.</param>
public sealed record Condition(
    string Type,
    ConditionStatus Status,
    string Reason,
    string Message,
    DateTimeOffset LastTransition,
    long ObservedGeneration);
