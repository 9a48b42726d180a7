using Xunit;

namespace AgentDeck.Testing.Cluster;

/// <summary>A test that signs client certificates; skipped, with the reason, where the cluster's key is not at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterAuthorityFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test runs.</summary>
    public ClusterAuthorityFactAttribute() => Skip = ClusterAuthority.WhyNot;
}
