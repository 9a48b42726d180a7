using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace AgentDeck.Testing.Cluster;

/// <summary>
/// The Kubernetes of a test run, one for all collections: the one that <c>AGENTDECK_TEST_KUBECONFIG</c> names, else one of its own
/// that goes down with the test process, however that ends. Where there can be none, says once why.
/// </summary>
/// <param name="messages">Where that and the progress of a first build are shown, as xunit's diagnostic messages.</param>
public sealed class KubernetesCluster(IMessageSink messages) : IAsyncLifetime
{
    private const string KeptState = "/tmp/agentdeck-cluster";

    private static readonly Lock Gate = new();
    private static Task<ClusterScript?>? _shared;

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
    public async Task InitializeAsync()
    {
        lock (Gate)
        {
            _shared ??= BringUpAsync();
        }

        _script = await _shared;
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<ClusterScript?> BringUpAsync()
    {
        if (TestCluster.WhyNot is { } reason)
        {
            messages.OnMessage(new DiagnosticMessage(reason));
            return null;
        }

        if (TestCluster.GivenKubeconfig is not null)
        {
            return null;
        }

        messages.OnMessage(new DiagnosticMessage("bringing up a Kubernetes to test with; the first time on a machine takes about 10 minutes"));

        var chosen = Environment.GetEnvironmentVariable("AGENTDECK_CLUSTER_STATE");
        var script = TestCluster.IsKept
            ? new ClusterScript(chosen ?? KeptState, ownerProcessId: null)
            : new ClusterScript($"{chosen ?? KeptState}-{Environment.ProcessId}", Environment.ProcessId);
        await script.UpAsync();
        return script;
    }
}
