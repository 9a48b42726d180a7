using Xunit;

namespace AgentDeck.Testing.Cluster;

/// <summary>
/// The Kubernetes of a test run, one for all collections: the one that <c>AGENTDECK_TEST_KUBECONFIG</c> names, else one of its own
/// that goes down with the test process, however that ends. Does nothing where <see cref="TestCluster.WhyNot"/> says why.
/// </summary>
public sealed class KubernetesCluster : IAsyncLifetime
{
    private const string KeptState = "/tmp/agentdeck-cluster";

    private static readonly Lazy<Task<ClusterScript?>> Shared = new(BringUpAsync);

    private ClusterScript? _script;

    /// <summary>The administrator's kubeconfig.</summary>
    public string Kubeconfig => TestCluster.GivenKubeconfig ?? Script.Kubeconfig;

    /// <summary>The cluster's components, for faults and measurements; only of a cluster of our own.</summary>
    public ClusterScript Script => _script ?? throw new InvalidOperationException(TestCluster.WhyNoFaults ?? "the cluster is not up");

    /// <summary>kubectl in a namespace.</summary>
    public Kubectl KubectlIn(string namespaceName) => _script is { } script
        ? new Kubectl(script.KubectlProgram, script.Kubeconfig, namespaceName)
        : new Kubectl("kubectl", Kubeconfig, namespaceName);

    /// <inheritdoc/>
    public async Task InitializeAsync() => _script = await Shared.Value;

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<ClusterScript?> BringUpAsync()
    {
        if (TestCluster.WhyNot is not null || TestCluster.GivenKubeconfig is not null)
        {
            return null;
        }

        var chosen = Environment.GetEnvironmentVariable("AGENTDECK_CLUSTER_STATE");
        var script = TestCluster.IsKept
            ? new ClusterScript(chosen ?? KeptState, ownerProcessId: null)
            : new ClusterScript($"{chosen ?? KeptState}-{Environment.ProcessId}", Environment.ProcessId);
        await script.UpAsync();
        return script;
    }
}
