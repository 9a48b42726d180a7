namespace AgentDeck.Engine.Kubernetes;

/// <summary>What a container does. A closed hierarchy: waiting, running or terminated.</summary>
internal abstract record ContainerState;
