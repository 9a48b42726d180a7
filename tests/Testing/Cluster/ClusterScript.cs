using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Testing.Cluster;

/// <summary>Runs <c>tests/cluster/cluster.sh</c> for the cluster of one state directory.</summary>
public sealed class ClusterScript
{
    // The first run on a machine builds Kubernetes: 8 minutes on two idle cores.
    private static readonly TimeSpan BuildTime = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan StepTime = TimeSpan.FromMinutes(2);

    private readonly ImmutableDictionary<string, string?> _environment;

    /// <summary>Takes the cluster of a state directory, which need not be up.</summary>
    /// <param name="stateDirectory">Where it has everything.</param>
    /// <param name="ownerProcessId">The process at whose end the cluster goes down by itself; null for none.</param>
    public ClusterScript(string stateDirectory, int? ownerProcessId)
    {
        StateDirectory = stateDirectory;
        _environment = ImmutableDictionary<string, string?>.Empty
            .Add("AGENTDECK_CLUSTER_STATE", stateDirectory)
            .Add("AGENTDECK_CLUSTER_OWNER", ownerProcessId?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Where the cluster has its certificates (<c>certificates/ca.crt</c>, <c>ca.key</c>), logs and everything else.</summary>
    public string StateDirectory { get; }

    /// <summary>The administrator's kubeconfig.</summary>
    public string Kubeconfig => Path.Combine(StateDirectory, "kubeconfig");

    /// <summary>A kubectl for this cluster, Debian's.</summary>
    public string KubectlProgram => Path.Combine(StateDirectory, "kubectl");

    /// <summary>Brings the cluster up; a cluster that is up already stays as it is.</summary>
    public Task UpAsync() => RunAsync(BuildTime, "up");

    /// <summary>Ends the cluster and everything that runs in it.</summary>
    public Task DownAsync() => RunAsync(StepTime, "down");

    /// <summary>Kills a component as a crash would, and waits for its end.</summary>
    public Task StopAsync(ClusterComponent component) => RunAsync(StepTime, "stop", NameOf(component));

    /// <summary>Starts a component that was killed. For etcd, containerd and the API server, waits until it answers.</summary>
    public Task StartAsync(ClusterComponent component) => RunAsync(StepTime, "start", NameOf(component));

    /// <summary>Takes the node's power: kubelet, containerd and everything in containers ends at once. Then both are started again.</summary>
    public Task RebootNodeAsync() => RunAsync(StepTime, "reboot");

    /// <summary>Stops a component without ending it: its connections stay open and nothing answers.</summary>
    public Task PauseAsync(ClusterComponent component) => RunAsync(StepTime, "pause", NameOf(component));

    /// <summary>Lets a paused component go on.</summary>
    public Task ResumeAsync(ClusterComponent component) => RunAsync(StepTime, "resume", NameOf(component));

    /// <summary>The process id of a component, for measurements.</summary>
    public async Task<int> ProcessIdAsync(ClusterComponent component) =>
        int.Parse(await RunAsync(StepTime, "pid", NameOf(component)), CultureInfo.InvariantCulture);

    /// <summary>
    /// Drops all versions of the past from etcd and gives the last one dropped. The API server remembers recent versions by itself
    /// until it is started again.
    /// </summary>
    public async Task<long> CompactAsync() => long.Parse(await RunAsync(StepTime, "compact"), CultureInfo.InvariantCulture);

    /// <summary>Makes the image <see cref="TestImages.Engine"/> of the program that is tested and the runtime that it is tested with.</summary>
    /// <param name="programFolder">Where <c>agentdeck</c> is.</param>
    public Task LoadEngineAsync(string programFolder) =>
        RunAsync(StepTime, "engine", programFolder, RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/'));

    /// <summary>The address under which pods reach this machine; the API server's certificate names it.</summary>
    public Task<string> GatewayAsync() => RunAsync(StepTime, "gateway");

    private static string NameOf(ClusterComponent component) => component.ToString().ToLowerInvariant();

    private async Task<string> RunAsync(TimeSpan timeout, params string[] arguments)
    {
        var command = new CommandSpec
        {
            Program = Path.Combine(Repository.Root, "tests", "cluster", "cluster.sh"),
            Arguments = [.. arguments],
            Environment = _environment,
        };
        var result = await new LocalCommandRunner(TimeProvider.System).RunAsync(command, null, timeout, CancellationToken.None);
        return result.ExitCode == 0
            ? result.Output.Trim()
            : throw new InvalidOperationException($"cluster.sh {string.Join(' ', arguments)} failed: {result.Error}");
    }
}
