using System.Text.Json.Nodes;
using Xunit;

namespace AgentDeck.Testing.Cluster;

/// <summary>A namespace of one test class, removed with everything in it at the end; a class fixture beside <see cref="KubernetesCluster"/>.</summary>
public sealed class ClusterNamespace(KubernetesCluster cluster) : IAsyncLifetime
{
    /// <summary>Its name.</summary>
    public string Name { get; } = $"test-{Guid.NewGuid().ToString("N")[..10]}";

    /// <summary>The cluster that it is in.</summary>
    public KubernetesCluster Cluster => cluster;

    /// <summary>kubectl in it.</summary>
    public Kubectl Kubectl => cluster.KubectlIn(Name);

    /// <summary>Creates a pod and waits until its containers run.</summary>
    /// <returns>The pod's name.</returns>
    public async Task<string> StartAsync(JsonObject pod)
    {
        var name = pod["metadata"]!["name"]!.GetValue<string>();
        await Kubectl.CreateAsync(pod);
        await Kubectl.WaitAsync($"pod/{name}", "condition=Ready");
        return name;
    }

    /// <summary>
    /// Creates a pod of Gas City and does what its provider does: ends the staging, gives the sign that the workspace is ready, and
    /// waits for tmux.
    /// </summary>
    /// <returns>The pod's name.</returns>
    public async Task<string> StartGasCityAsync(GasCitySketch sketch)
    {
        var pod = PodSketches.GasCity(sketch);
        var name = pod["metadata"]!["name"]!.GetValue<string>();
        await Kubectl.CreateAsync(pod);
        if (sketch.IsStaged)
        {
            await Kubectl.SeeAsync(
                result => result.ExitCode == 0, "the init container takes commands", "exec", name, "-c", "stage", "--", "touch", "/workspace/.gc-ready");
        }

        await Kubectl.WaitAsync($"pod/{name}", "condition=Ready");
        await Kubectl.ExecAsync(name, "agent", "touch", "/workspace/.gc-workspace-ready");
        await WaitForSessionAsync(name, "agent", "main");
        return name;
    }

    /// <summary>Waits until a container has a tmux session.</summary>
    public Task WaitForSessionAsync(string pod, string container, string session) =>
        Kubectl.SeeAsync(result => result.ExitCode == 0, $"tmux has {session}", "exec", pod, "-c", container, "--", "tmux", "has-session", "-t", $"={session}");

    /// <summary>Waits until a tmux session shows a text and gives its screen.</summary>
    public async Task<string> SeeScreenAsync(string pod, string container, string session, string text)
    {
        var seen = await Kubectl.SeeAsync(
            result => result.Output.Contains(text, StringComparison.Ordinal),
            $"{session} shows '{text}'",
            "exec", pod, "-c", container, "--", "tmux", "-u", "capture-pane", "-p", "-t", $"={session}:");
        return seen.Output;
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (TestCluster.WhyNot is not null)
        {
            return;
        }

        await Kubectl.RunAsync("create", "namespace", Name);
        // Until it exists, the admission of pods refuses all of them.
        await Kubectl.SeeAsync(result => result.ExitCode == 0, "the service account exists", "get", "serviceaccount", "default");
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (TestCluster.WhyNot is null)
        {
            await Kubectl.RunAsync("delete", "pods", "--all", "--grace-period=0", "--force", "--wait=false");
            await Kubectl.RunAsync("delete", "namespace", Name, "--wait=false");
        }
    }
}
