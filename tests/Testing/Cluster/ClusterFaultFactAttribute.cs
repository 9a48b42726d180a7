using Xunit;

namespace AgentDeck.Testing.Cluster;

/// <summary>A test that kills or stops components of Kubernetes; skipped, with the reason, where that cannot be done.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterFaultFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test runs.</summary>
    public ClusterFaultFactAttribute() => Skip = TestCluster.WhyNoFaults;
}
