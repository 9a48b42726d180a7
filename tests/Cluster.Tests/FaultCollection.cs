using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests;

/// <summary>Tests that kill components, alone after all others. Each starts again what it stopped, also when it fails.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultCollection : ICollectionFixture<KubernetesCluster>
{
    public const string Name = "cluster faults";
}
