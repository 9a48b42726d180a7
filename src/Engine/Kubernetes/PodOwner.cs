namespace AgentDeck.Engine.Kubernetes;

/// <summary>The object that a pod belongs to.</summary>
/// <param name="Kind">Its kind, for example <c>ReplicaSet</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its uid.</param>
internal sealed record PodOwner(string Kind, string Name, string Uid);
