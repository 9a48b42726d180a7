namespace AgentDeck.Engine.Domain;

/// <summary>Names one value of a secret in the cluster, in the namespace of the pod that uses it. Never the value itself.</summary>
/// <param name="Name">The secret.</param>
/// <param name="Key">Which of its values.</param>
public sealed record SecretReference(string Name, string Key);
