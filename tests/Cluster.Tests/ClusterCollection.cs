using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests;

/// <summary>Tests that share the cluster, each class in its own <see cref="ClusterNamespace"/>.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterCollection : ICollectionFixture<KubernetesCluster>
{
    public const string Name = "cluster";
}
