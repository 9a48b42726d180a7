using System.Text.Json.Nodes;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Testing.Kubernetes;

/// <summary>A fake API server, a directory with kubeconfigs for it, and a clock that stands still.</summary>
public sealed class FakeCluster : IAsyncDisposable
{
    private FakeCluster(FakeApiServer server) => Server = server;

    /// <summary>The server.</summary>
    public FakeApiServer Server { get; private set; }

    /// <summary>The clock.</summary>
    public FakeTimeProvider Time { get; } = new();

    /// <summary>The variables that the client sees.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The directory, removed at the end.</summary>
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("agentdeck-kube-").FullName;

    /// <summary>Starts one.</summary>
    public static async Task<FakeCluster> StartAsync(FakeApiServer? server = null) => new(server ?? await FakeApiServer.StartAsync());

    /// <summary>Writes a file into the directory.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Directory, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Opens the server with a kubeconfig.</summary>
    /// <param name="kubeconfig">Its text; one with a token that the server knows if not given.</param>
    /// <param name="runner">Runs credential plugins; those of this machine if not given.</param>
    internal IKubernetesApi Open(string? kubeconfig = null, ICommandRunner? runner = null) =>
        Connector(runner).Open(null, Write("config", kubeconfig ?? Server.Kubeconfig()));

    /// <summary>What opens clusters.</summary>
    internal KubernetesConnector Connector(ICommandRunner? runner = null) =>
        new(runner ?? new LocalCommandRunner(TimeProvider.System), Environment.GetValueOrDefault, Time, () => 0.5, Path.Combine(Directory, "serviceaccount"));

    /// <summary>Puts a pod there.</summary>
    public void AddPod(string name, string namespaceName = "deck", string? uid = null) =>
        Server.Objects.Put($"/api/v1/namespaces/{namespaceName}/pods/{name}", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = namespaceName, ["uid"] = uid } });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
