using Xunit;

namespace AgentDeck.Testing.Cluster;

/// <summary>A <see cref="ClusterFaultFactAttribute"/> with several sets of data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterFaultTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides whether the test runs.</summary>
    public ClusterFaultTheoryAttribute() => Skip = TestCluster.WhyNoFaults;
}
