using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Processes;
using AgentDeck.Testing.Cluster;
using AgentDeck.Testing.Kubernetes;

namespace AgentDeck.Cluster.Tests;

/// <summary>The contract against a real API server, kubelet and containerd.</summary>
[NeedsCluster]
[Collection(ClusterCollection.Name)]
public sealed class KubernetesApiTests(ClusterNamespace space) : KubernetesApiContract, IClassFixture<ClusterNamespace>
{
    private static readonly SemaphoreSlim Starting = new(1);

    protected override string Namespace => space.Name;

    internal override IKubernetesApi Open() =>
        new KubernetesConnector(new LocalCommandRunner(TimeProvider.System), Environment.GetEnvironmentVariable, TimeProvider.System, () => 0.5).Open(null, space.Cluster.Kubeconfig);

    internal override async Task<PodContainer> ShellAsync()
    {
        await Starting.WaitAsync();
        try
        {
            var existing = await space.Kubectl.TryRunAsync("get", "pod", "contract");
            if (existing.ExitCode != 0)
            {
                await space.StartAsync(PodSketches.Bare("contract", new Dictionary<string, string>(), "echo one; echo two; echo three; exec sleep 100000"));
            }

            return new PodContainer(Namespace, "contract", "agent");
        }
        finally
        {
            Starting.Release();
        }
    }
}
