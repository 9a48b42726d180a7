using System.Diagnostics;
using System.Globalization;
using System.Text;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Processes;

namespace AgentDeck.Benchmarks.Pods;

/// <summary>Pods in Gas City's layout in a namespace of their own on the cluster of <c>AGENTDECK_TEST_KUBECONFIG</c>; gone afterwards.</summary>
internal sealed class PodFleet : IAsyncDisposable
{
    /// <summary>The image of every pod.</summary>
    public const string Image = "agentdeck.test/agent:1";

    private readonly Playground _playground;

    private PodFleet(Playground playground, string space) => (_playground, Namespace) = (playground, space);

    /// <summary>The namespace.</summary>
    public string Namespace { get; }

    /// <summary>The kubeconfig, or null where there is no cluster.</summary>
    public static string? Kubeconfig { get; } = Environment.GetEnvironmentVariable("AGENTDECK_TEST_KUBECONFIG");

    /// <summary>The name of a pod, which is its agent's too.</summary>
    public static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"agent-{index:000}");

    /// <summary>Makes a namespace without pods, and a configuration for it.</summary>
    /// <param name="playground">Where the configuration stands.</param>
    /// <param name="name">What tells this namespace from the others of this run.</param>
    public static async Task<PodFleet> OpenAsync(Playground playground, string name)
    {
        var space = string.Create(CultureInfo.InvariantCulture, $"bench-{Environment.ProcessId}-{name}");
        var fleet = new PodFleet(playground, space);
        fleet.Kubectl("create", "namespace", space);
        File.WriteAllText(playground.Configuration, $"[[source]]\nname = \"gc\"\nkind = \"kubernetes\"\ndialect = \"gascity\"\nnamespace = \"{space}\"\nkubeconfig = \"{Kubeconfig}\"\n");

        // Its account comes a moment later, and until then every pod is refused.
        while (fleet.Kubectl("-n", space, "get", "serviceaccount", "default", "--ignore-not-found").Length == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        }

        return fleet;
    }

    /// <summary>Starts pods and waits until the tmux in each runs.</summary>
    public static async Task<PodFleet> StartAsync(Playground playground, int count, string script)
    {
        var fleet = await OpenAsync(playground, string.Create(CultureInfo.InvariantCulture, $"{count}"));
        var space = fleet.Namespace;
        var manifests = Path.Combine(playground.Folder, "pods.yaml");
        await File.WriteAllTextAsync(manifests, string.Concat(Enumerable.Range(0, count).Select(index => Manifest(NameOf(index), space, script))));
        fleet.Kubectl("apply", "-f", manifests);
        fleet.Kubectl("-n", space, "wait", "--for=condition=Ready", "--all", "pod", "--timeout=300s");
        for (var index = 0; index < count; index++)
        {
            while (!fleet.HasSession(NameOf(index)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            }
        }

        return fleet;
    }

    /// <summary>Opens the cluster as the engine does.</summary>
    public static IKubernetesApi Open() =>
        new KubernetesConnector(new LocalCommandRunner(TimeProvider.System), Environment.GetEnvironmentVariable, TimeProvider.System, Random.Shared.NextDouble).Open(null, Kubeconfig);

    /// <summary>Runs kubectl to its end and returns what it printed.</summary>
    public string Kubectl(params string[] arguments) => _playground.Run("kubectl", ["--kubeconfig", Kubeconfig!, .. arguments]);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Kubectl("delete", "namespace", Namespace, "--wait=false");
        Kubectl("-n", Namespace, "delete", "pods", "--all", "--grace-period=0", "--force", "--wait=false");
        return ValueTask.CompletedTask;
    }

    /// <summary>The manifest of a pod whose agent is a shell script.</summary>
    public static string Manifest(string name, string space, string script) => new StringBuilder()
        .AppendLine("---").AppendLine("apiVersion: v1").AppendLine("kind: Pod").AppendLine("metadata:")
        .AppendLine(CultureInfo.InvariantCulture, $"  name: {name}").AppendLine(CultureInfo.InvariantCulture, $"  namespace: {space}")
        .AppendLine(CultureInfo.InvariantCulture, $"  labels: {{app: gc-agent, gc-session: {name}, gc-agent: {name}}}")
        .AppendLine(CultureInfo.InvariantCulture, $"  annotations: {{gc-session-name: {name}}}")
        .AppendLine("spec:").AppendLine("  restartPolicy: Never").AppendLine("  terminationGracePeriodSeconds: 0").AppendLine("  containers:").AppendLine("  - name: agent")
        .AppendLine(CultureInfo.InvariantCulture, $"    image: {Image}").AppendLine("    imagePullPolicy: IfNotPresent")
        .AppendLine("    env: [{name: LANG, value: C.UTF-8}]")
        .AppendLine("    command:").AppendLine("    - /bin/sh").AppendLine("    - -c").AppendLine("    - |")
        .AppendLine(CultureInfo.InvariantCulture, $"      tmux -u new-session -d -s main -x 120 -y 40 '{script}'").AppendLine("      while tmux has-session -t =main 2>/dev/null; do sleep 5; done")
        .ToString();

    private bool HasSession(string pod)
    {
        using var process = Process.Start(new ProcessStartInfo("kubectl", ["--kubeconfig", Kubeconfig!, "-n", Namespace, "exec", pod, "-c", "agent", "--", "tmux", "has-session", "-t", "=main"])
        {
            RedirectStandardError = true,
        })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
