using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Access;

/// <summary>A namespace in which one agent of Gas City runs, <c>k/mayor</c> for a deck; its log says <c>warming up</c>.</summary>
public sealed class OneAgent(KubernetesCluster cluster) : IAsyncLifetime
{
    /// <summary>The agent as a deck lists it.</summary>
    public const string Id = "k/mayor";

    /// <summary>Where it is.</summary>
    public ClusterNamespace Space { get; } = new(cluster);

    public async Task InitializeAsync()
    {
        await Space.InitializeAsync();
        if (TestCluster.WhyNot is null)
        {
            await Space.StartGasCityAsync(new GasCitySketch("mayor") { IsStaged = false, PreStart = ["echo warming up"], Command = "echo at work; exec cat" });
        }
    }

    public Task DisposeAsync() => Space.DisposeAsync();
}
