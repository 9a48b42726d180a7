using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tests.Dialects;

/// <summary>The vectors of paths, of the database and of variables are those of Gas City's own tests.</summary>
public sealed class GasCityLayoutTests
{
    private static readonly ImmutableDictionary<string, string> None = ImmutableDictionary<string, string>.Empty;
    private static readonly ImmutableDictionary<string, SecretReference> NoSecrets = ImmutableDictionary<string, SecretReference>.Empty;

    [Theory]
    [InlineData("/city", "/city", "/workspace")]
    [InlineData("/city", "/city/.gc/agents/deacon", "/workspace/.gc/agents/deacon")]
    [InlineData("/city", "/city/demo-rig", "/workspace/demo-rig")]
    [InlineData("/host/city", "/host/city/workspaces/agent", "/workspace/workspaces/agent")]
    [InlineData("/city", "/tmp", "/workspace")]
    [InlineData("/city", "/citytwo/x", "/workspace")]
    [InlineData("/city/", "/city/demo/", "/workspace/demo")]
    [InlineData(null, "/tmp", "/workspace")]
    [InlineData("/city", "", "/workspace")]
    [InlineData(null, "demo", "/workspace/demo")]
    [InlineData(null, "./demo/x/", "/workspace/demo/x")]
    [InlineData(null, ".", "/workspace")]
    [InlineData(null, "/workspace/demo", "/workspace/demo")]
    public void A_working_directory_has_its_place_in_the_pod(string? city, string directory, string inPod) =>
        Assert.Equal(inPod, GasCityPaths.DirectoryInPod(GasCityPaths.CityOf(name => name == "GC_CITY" ? city : null), directory));

    [Theory]
    [InlineData("a", "b", "c", "/a")]
    [InlineData(" ", "b", "c", "/b")]
    [InlineData("", "", "c", "/c")]
    [InlineData("", "", "", null)]
    public void The_first_variable_that_names_the_city_counts(string city, string path, string root, string? expected)
    {
        var variables = new Dictionary<string, string?> { ["GC_CITY"] = At(city), ["GC_CITY_PATH"] = At(path), ["GC_CITY_ROOT"] = At(root) };

        Assert.Equal(expected, GasCityPaths.CityOf(variables.GetValueOrDefault));

        static string At(string name) => string.IsNullOrWhiteSpace(name) ? name : $"/{name}/";
    }

    [Theory]
    [InlineData("", "31364", "dolt.gc.svc.cluster.local", "3307")]
    [InlineData("127.0.0.1", "3308", "dolt.gc.svc.cluster.local", "3307")]
    [InlineData("localhost", "3308", "dolt.gc.svc.cluster.local", "3307")]
    [InlineData("0.0.0.0", "1", "dolt.gc.svc.cluster.local", "3307")]
    [InlineData("::1", "1", "dolt.gc.svc.cluster.local", "3307")]
    [InlineData("::", "1", "dolt.gc.svc.cluster.local", "3307")]
    [InlineData("custom-dolt.example.com", "3308", "custom-dolt.example.com", "3308")]
    public void A_database_is_reached_from_the_pod(string host, string port, string hostInPod, string portInPod) =>
        Assert.Equal((hostInPod, portInPod), GasCityVariables.Database(host, port));

    [Fact]
    public void No_database_is_none_and_a_host_without_a_port_is_refused()
    {
        Assert.Null(GasCityVariables.Database("", ""));
        Assert.Contains("requires both GC_DOLT_HOST and GC_DOLT_PORT", Assert.Throws<ArgumentException>(() => GasCityVariables.Database("x", "")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_of_the_controller_go_and_paths_are_those_of_the_pod()
    {
        var values = None.AddRange(new Dictionary<string, string>
        {
            ["GC_BEADS"] = "bd",
            ["GC_SESSION"] = "k8s",
            ["GC_EVENTS"] = "x",
            ["GC_K8S_DOLT_HOST"] = "x",
            ["GC_K8S_DOLT_PORT"] = "1",
            ["GC_DOLT_HOST"] = "127.0.0.1",
            ["GC_DOLT_PORT"] = "3308",
            ["BEADS_DOLT_SERVER_HOST"] = "x",
            ["BEADS_DOLT_SERVER_PORT"] = "1",
            ["GC_CITY"] = "/host/city",
            ["GC_CITY_ROOT"] = "/elsewhere",
            ["GC_DIR"] = "/host/city/a",
            ["GC_STORE_ROOT"] = "/host/city/rigs/frontend",
            ["BEADS_DIR"] = "/other/beads",
            ["GC_RIG_ROOT"] = "/host/citytwo",
            ["GC_DOLT_USER"] = "root",
            ["GC_MAIL"] = "exec:x",
            ["ANY"] = "/host/city",
        });

        Assert.Equal(
            [
                "ANY=/host/city", "BEADS_DIR=/other/beads", "BEADS_DOLT_SERVER_HOST=dolt.gc.svc.cluster.local", "BEADS_DOLT_SERVER_PORT=3307", "CLAUDE_CONFIG_DIR=/home/gcagent/.claude",
                "GC_CITY=/workspace", "GC_CITY_ROOT=/workspace", "GC_DIR=/workspace/a", "GC_DOLT_HOST=dolt.gc.svc.cluster.local", "GC_DOLT_PORT=3307", "GC_DOLT_USER=root", "GC_MAIL=exec:x",
                "GC_RIG_ROOT=/host/citytwo", "GC_STORE_ROOT=/workspace/rigs/frontend", "GC_TMUX_SESSION=main", "GITHUB_TOKEN<git-credentials/token?",
            ],
            Lines(GasCityVariables.Of(values, NoSecrets, "/workspace/a")));
    }

    [Fact]
    public void Secrets_are_named_and_win_over_values_and_what_is_declared_wins_over_what_is_added()
    {
        var values = None.Add("TOKEN", "plain").Add("CLAUDE_CONFIG_DIR", "/c").Add("GC_TMUX_SESSION", "other").Add("LINUX_USERNAME", "ann");
        var secrets = NoSecrets.Add("TOKEN", new SecretReference("s", "k")).Add("GITHUB_TOKEN", new SecretReference("mine", "t")).Add("GC_BEADS", new SecretReference("s", "k"));

        Assert.Equal(
            ["CLAUDE_CONFIG_DIR=/c", "GC_TMUX_SESSION=main", "GITHUB_TOKEN<mine/t", "LINUX_USERNAME=ann", "TOKEN<s/k"],
            Lines(GasCityVariables.Of(values, secrets, "/workspace")));
        Assert.Contains("CLAUDE_CONFIG_DIR=/home/ann/.claude", Lines(GasCityVariables.Of(None.Add("LINUX_USERNAME", "ann"), NoSecrets, "/workspace")));
    }

    [Fact]
    public void The_program_waits_for_its_work_space_then_prepares_then_starts_tmux() => Assert.Equal(
        "mkdir -p $HOME/.claude; cp -rL /tmp/claude-secret/. $HOME/.claude/ 2>/dev/null; git config --global --add safe.directory '*' 2>/dev/null; "
        + "while [ ! -f /workspace/.gc-workspace-ready ]; do sleep 0.5; done; "
        + $"echo {Encoded("mkdir -p x")} | base64 -d | sh || echo 1 >> /tmp/agentdeck-pre-start-failed; "
        + $"CMD=$(echo {Encoded("claude \"hi\"")} | base64 -d) && tmux new-session -d -s main \"$CMD\" && sleep infinity",
        GasCityEntrypoint.Of("claude \"hi\"", ["mkdir -p x"], "/workspace", null, prebaked: false));

    [Fact]
    public void A_prebaked_image_waits_for_nothing_and_a_shell_runs_where_no_command_is_declared()
    {
        var program = GasCityEntrypoint.Of("", [], "/workspace", null, prebaked: true);

        Assert.DoesNotContain("while", program, StringComparison.Ordinal);
        Assert.Contains($"echo {Encoded("/bin/bash")} |", program, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_is_created_and_tmux_is_his()
    {
        var program = GasCityEntrypoint.Of("x", [], "/workspace/it's", "ann", prebaked: true);

        Assert.StartsWith("id ann >/dev/null 2>&1 || useradd -m -s /bin/bash ann; mkdir -p /etc/sudoers.d && echo 'ann ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/ann; ", program, StringComparison.Ordinal);
        Assert.Contains("chown ann '/workspace/it'\\''s'; export HOME=/home/ann; ", program, StringComparison.Ordinal);
        Assert.EndsWith(
            $"su - ann -c 'cd '\\''/workspace/it'\\''\\'\\'''\\''s'\\'' && CMD=$(echo {Encoded("x")} | base64 -d) && tmux new-session -d -s main \"$CMD\" && sleep infinity'",
            program,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => GasCityEntrypoint.Of("x", [], "/workspace", "ann; rm", prebaked: true));
    }

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string> Lines(JsonArray variables) => variables.Select(node => node!.AsObject()).Select(variable =>
        variable["valueFrom"]?["secretKeyRef"] is { } secret
            ? $"{variable["name"]}<{secret["name"]}/{secret["key"]}{(secret["optional"]?.GetValue<bool>() == true ? "?" : "")}"
            : $"{variable["name"]}={variable["value"]}");
}
