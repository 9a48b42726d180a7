using Xunit;

namespace AgentDeck.Testing.Cluster;

/// <summary>A test that needs a real Kubernetes; skipped, with the reason, where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test runs.</summary>
    public ClusterFactAttribute() => Skip = TestCluster.WhyNot;
}
