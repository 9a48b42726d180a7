using System.Globalization;
using System.Text.Json.Nodes;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests;

/// <summary>The pods that all other tests use are what they claim to be, as seen by kubectl.</summary>
[Collection(ClusterCollection.Name)]
public sealed class PodSketchTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>
{
    [ClusterFact]
    public async Task A_pod_of_gas_city_waits_for_its_files_and_then_runs_tmux_main()
    {
        var pod = await space.StartGasCityAsync(new GasCitySketch("gastown__mayor")
        {
            Alias = "gastown.mayor",
            PreStart = ["touch /workspace/pre-started"],
            Command = "echo \"I am $GC_AGENT, it's here\"; exec bash",
        });

        Assert.Equal("gastown--mayor", pod);
        Assert.Equal("main\n", await space.Kubectl.ExecAsync(pod, "agent", "tmux", "list-sessions", "-F", "#{session_name}"));
        await space.SeeScreenAsync(pod, "agent", "main", "I am gastown.mayor, it's here");
        await space.Kubectl.ExecAsync(pod, "agent", "test", "-f", "/workspace/pre-started");
        Assert.Equal("/workspace/demo\n", await space.Kubectl.ExecAsync(pod, "agent", "tmux", "display-message", "-p", "-t", "=main:", "#{pane_current_path}"));
    }

    [ClusterFact]
    public async Task A_pod_of_gas_city_stays_running_when_its_agent_ends()
    {
        var pod = await space.StartGasCityAsync(new GasCitySketch("ending") { IsStaged = false });

        await space.Kubectl.ExecAsync(pod, "agent", "tmux", "kill-session", "-t", "=main");

        var asked = await space.Kubectl.TryRunAsync("exec", pod, "-c", "agent", "--", "tmux", "has-session", "-t", "=main");
        Assert.NotEqual(0, asked.ExitCode);
        Assert.Equal("Running", (await space.Kubectl.GetAsync("pod", pod)).GetProperty("status").GetProperty("phase").GetString());
    }

    [ClusterFact]
    public async Task With_a_linux_user_the_tmux_of_gas_city_is_hidden_from_root()
    {
        var sketch = new GasCitySketch("owned") { IsStaged = false, LinuxUser = "scion" };
        await space.StartAsync(PodSketches.GasCity(sketch));
        await space.Kubectl.ExecAsync("owned", "agent", "touch", "/workspace/.gc-workspace-ready");
        await space.Kubectl.SeeAsync(
            result => result.ExitCode == 0, "its owner sees tmux", "exec", "owned", "-c", "agent", "--", "su", "-", "scion", "-c", "tmux has-session -t =main");

        var asked = await space.Kubectl.TryRunAsync("exec", "owned", "-c", "agent", "--", "tmux", "has-session", "-t", "=main");

        Assert.NotEqual(0, asked.ExitCode);
    }

    [ClusterFact]
    public async Task A_pod_of_scion_runs_tmux_as_its_user()
    {
        var pod = await space.StartAsync(PodSketches.Scion("grove", "coder", "echo I am $(whoami); exec bash"));
        await space.WaitForSessionAsync(pod, "agent", "scion");

        Assert.Equal("scion\n", await space.Kubectl.ExecAsync(pod, "agent", "whoami"));
        Assert.Equal("agent\nshell\n", await space.Kubectl.ExecAsync(pod, "agent", "tmux", "list-windows", "-t", "=scion", "-F", "#{window_name}"));
        await space.SeeScreenAsync(pod, "agent", "scion", "I am scion");
    }

    [ClusterFact]
    public async Task In_a_pod_of_scion_that_runs_as_root_only_su_reaches_tmux()
    {
        var pod = await space.StartAsync(PodSketches.Scion("grove", "rooted", isRoot: true));
        await space.Kubectl.SeeAsync(
            result => result.ExitCode == 0, "the user sees tmux", "exec", pod, "-c", "agent", "--", "su", "-", "scion", "-c", "tmux has-session -t =scion");

        Assert.Equal("root\n", await space.Kubectl.ExecAsync(pod, "agent", "whoami"));
        Assert.NotEqual(0, (await space.Kubectl.TryRunAsync("exec", pod, "-c", "agent", "--", "tmux", "has-session", "-t", "=scion")).ExitCode);
    }

    [ClusterFact]
    public async Task A_pod_of_oddjobs_has_a_log_and_a_shell_but_no_tmux()
    {
        var pod = await space.StartAsync(PodSketches.OddJobs("4f2a"));

        await space.Kubectl.SeeAsync(result => result.Output == "ready\n", "the log is there", "logs", pod, "-c", "agent");
        Assert.Equal("yes\n", await space.Kubectl.ExecAsync(pod, "agent", "bash", "-c", "type -P tmux || echo yes"));
    }

    [ClusterFact]
    public async Task A_plain_pod_runs_the_tmux_session_that_was_asked_for()
    {
        var labels = new Dictionary<string, string> { ["team"] = "blue" };
        var pod = await space.StartAsync(PodSketches.Plain("plain", labels, container: "worker", session: "work", command: "echo plain; exec sh"));

        await space.WaitForSessionAsync(pod, "worker", "work");
        Assert.Equal("pod/plain\n", await space.Kubectl.RunAsync("get", "pods", "-l", "team=blue", "-o", "name"));
    }

    [ClusterFact]
    public async Task The_smallest_image_has_sh_and_no_bash()
    {
        var pod = await space.StartAsync(PodSketches.Bare("bare", new Dictionary<string, string>(), "exec sleep infinity", image: TestImages.Sh));

        Assert.Equal("sh\n", await space.Kubectl.ExecAsync(pod, "agent", "sh", "-c", "command -v bash || echo sh"));
    }

    [ClusterFact]
    public async Task A_session_of_ambient_has_a_status_and_a_runner_that_goes_with_it()
    {
        await space.Kubectl.ApplyAsync(AmbientSketches.Definition());
        await space.Kubectl.WaitAsync($"crd/{AmbientSketches.DefinitionName}", "condition=Established");
        await space.Kubectl.CreateAsync(AmbientSketches.Session("session-1"));
        var uid = (await space.Kubectl.GetAsync("agenticsession", "session-1")).GetProperty("metadata").GetProperty("uid").GetString()!;
        var pod = await space.StartAsync(AmbientSketches.Runner("session-1", uid));

        var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        await space.Kubectl.ReplaceStatusAsync(AmbientSketches.PathOf(space.Name, "session-1"), new JsonObject
        {
            ["phase"] = "Running",
            ["startTime"] = now,
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True", ["reason"] = "Running", ["lastTransitionTime"] = now }),
        });

        var session = await space.Kubectl.GetAsync("agenticsession", "session-1");
        Assert.Equal("Running", session.GetProperty("status").GetProperty("phase").GetString());
        Assert.Equal("session-1-runner", pod);
        await space.Kubectl.DeleteAsync("agenticsession/session-1");
        await space.Kubectl.SeeAsync(
            result => result.ExitCode != 0 || result.Output.Contains("deletionTimestamp", StringComparison.Ordinal), "the runner goes", "get", "pod", pod, "-o", "json");
    }
}
