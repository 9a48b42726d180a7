using AgentDeck.Engine.Kubernetes;
using AgentDeck.Testing.Kubernetes;

namespace AgentDeck.Engine.Tests.Kubernetes;

/// <summary>The contract against a server in this process.</summary>
public sealed class FakeKubernetesApiTests : KubernetesApiContract, IAsyncLifetime
{
    private FakeCluster _cluster = null!;

    protected override string Namespace => "deck";

    public async Task InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync();
        _cluster.AddPod("shell");
        _cluster.Server.Logs["shell"] = "one\ntwo\nthree\n";
    }

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    internal override IKubernetesApi Open() => _cluster.Open();

    internal override Task<PodContainer> ShellAsync() => Task.FromResult(new PodContainer(Namespace, "shell", "agent"));
}
