using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Containers;

/// <summary>Tests that share a podman, each with labels of its own.</summary>
[CollectionDefinition(Name)]
public sealed class PodmanCollection : ICollectionFixture<Podman>
{
    public const string Name = "podman";
}
