namespace AgentDeck.Testing.Kubernetes;

/// <summary>Marks a class whose inherited tests need a real Kubernetes.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsClusterAttribute : Attribute;
