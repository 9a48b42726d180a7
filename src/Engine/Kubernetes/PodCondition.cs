using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>A condition as an object carries it. Texts are plain.</summary>
/// <param name="Type">For example <c>PodScheduled</c>.</param>
/// <param name="Status">Whether it holds; what is none of Kubernetes' three words is unknown.</param>
/// <param name="Reason">Why, for machines; may be empty.</param>
/// <param name="Message">Why, for people; may be empty.</param>
/// <param name="LastTransition">When its status last changed, when known.</param>
internal sealed record PodCondition(string Type, ConditionStatus Status, string Reason, string Message, DateTimeOffset? LastTransition);
