using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Containers;

/// <summary>Tests that share a podman, each with labels of its own; after all others, whose deadlines are not to depend on it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PodmanCollection : ICollectionFixture<Podman>
{
    public const string Name = "podman";
}
