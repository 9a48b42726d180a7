using Xunit;

namespace AgentDeck.Testing.Cluster;

/// <summary>A theory that needs a real Kubernetes; skipped, with the reason, where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides whether the theory runs.</summary>
    public ClusterTheoryAttribute() => Skip = TestCluster.WhyNot;
}
