namespace AgentDeck.Engine.Domain;

/// <summary>The pod behind an agent.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its uid: the same name with another uid is another pod.</param>
/// <param name="Node">The node it runs on, or null while unscheduled.</param>
/// <param name="Phase">Kubernetes' own pod phase, verbatim.</param>
public sealed record PodStatus(string Namespace, string Name, string Uid, string? Node, string Phase);
