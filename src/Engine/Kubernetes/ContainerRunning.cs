namespace AgentDeck.Engine.Kubernetes;

/// <summary>It runs.</summary>
/// <param name="StartedAt">Since when, when known.</param>
internal sealed record ContainerRunning(DateTimeOffset? StartedAt) : ContainerState;
