using Xunit;

namespace AgentDeck.Testing.Cluster;

/// <summary>A test that runs containers with podman; skipped, with the reason, where that cannot be done.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PodmanFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test runs.</summary>
    public PodmanFactAttribute() => Skip = Podman.WhyNot;
}
