using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Access;

/// <summary>A folder with kubeconfigs of one's own for the cluster, service accounts to be, and the real program.</summary>
internal sealed class AccessScene : IAsyncDisposable
{
    private static readonly TimeSpan ProgramTimeout = TimeSpan.FromSeconds(60);

    private readonly ClusterNamespace _space;
    private readonly string _folder = Directory.CreateTempSubdirectory("ad-access-").FullName;
    private int _files;

    private AccessScene(ClusterNamespace space, JsonElement cluster)
    {
        _space = space;
        Server = cluster.GetProperty("server").GetString()!;
        Authority = cluster.GetProperty("certificate-authority-data").GetString()!;
    }

    /// <summary>The address of the cluster.</summary>
    public string Server { get; }

    /// <summary>The certificate of its authority, as kubeconfigs have it.</summary>
    public string Authority { get; }

    /// <summary>The folder.</summary>
    public string Home => _folder;

    /// <summary>The administrator's kubeconfig.</summary>
    public string ClusterKubeconfig => _space.Cluster.Kubeconfig;

    /// <summary>The real program.</summary>
    public string Program { get; } = Path.Combine(AppContext.BaseDirectory, "agentdeck");

    /// <summary>What makes this folder its home.</summary>
    public ImmutableDictionary<string, string?> Environment =>
        ImmutableDictionary<string, string?>.Empty.Add("HOME", _folder).Add("XDG_CONFIG_HOME", null).Add("XDG_STATE_HOME", null).Add("KUBECONFIG", null).Add("LANG", "C.UTF-8").Add("TERM", "xterm-256color");

    /// <summary>Learns where the cluster is.</summary>
    public static async Task<AccessScene> OpenAsync(ClusterNamespace space)
    {
        using var config = JsonDocument.Parse(await space.Kubectl.RunAsync("config", "view", "--raw", "--minify", "--flatten", "-o", "json"));
        return new AccessScene(space, config.RootElement.GetProperty("clusters")[0].GetProperty("cluster"));
    }

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a shell script and gives its path.</summary>
    public string Script(string name, string lines)
    {
        var path = Write(name, "#!/bin/sh\n" + lines + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    /// <summary>Writes a kubeconfig.</summary>
    /// <param name="user">What it says of the user <c>deck</c>: <c>token: x</c>.</param>
    /// <param name="server">The address; null for the cluster's.</param>
    /// <param name="cluster">More of the cluster, in place of its authority: <c>tls-server-name: x</c>.</param>
    /// <param name="authority">The authority; null for the cluster's.</param>
    public string Kubeconfig(string user, string? server = null, string cluster = "", string? authority = null)
    {
        var more = cluster.Length > 0 ? $", {cluster}" : "";
        return Write($"config-{++_files}", $$$"""
        apiVersion: v1
        kind: Config
        current-context: here
        contexts: [{name: here, context: {cluster: real, user: deck, namespace: {{{_space.Name}}}}}]
        clusters: [{name: real, cluster: {server: "{{{server ?? Server}}}", certificate-authority-data: {{{authority ?? Authority}}}{{{more}}} }}]
        users: [{name: deck, user: { {{{user}}} }}]
        """);
    }

    /// <summary>Creates a service account, with a token that is good until <see cref="RevokeAsync"/>.</summary>
    public async Task<string> TokenAsync(string account, string secret)
    {
        await _space.Kubectl.ApplyAsync(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ServiceAccount", ["metadata"] = new JsonObject { ["name"] = account } });
        await _space.Kubectl.CreateAsync(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["type"] = "kubernetes.io/service-account-token",
            ["metadata"] = new JsonObject { ["name"] = secret, ["annotations"] = new JsonObject { ["kubernetes.io/service-account.name"] = account } },
        });
        var token = await _space.Kubectl.SeeAsync(result => result.Output.Length > 0, "the token is made", "get", "secret", secret, "-o", "jsonpath={.data.token}");
        return Encoding.UTF8.GetString(Convert.FromBase64String(token.Output));
    }

    /// <summary>Makes a token worthless.</summary>
    public async Task RevokeAsync(string secret)
    {
        var data = await _space.Kubectl.RunAsync("get", "secret", secret, "-o", "jsonpath={.data.token}");
        await _space.Kubectl.DeleteAsync($"secret/{secret}");
        // The server remembers for some seconds that it was good.
        var token = Encoding.UTF8.GetString(Convert.FromBase64String(data));
        await _space.Kubectl.SeeAsync(result => result.ExitCode != 0, "the token is refused", "--kubeconfig", Kubeconfig($"token: {token}"), "get", "--raw", "/api");
    }

    /// <summary>Gives a service account what <c>agentdeck manifests rbac</c> prints for it.</summary>
    public async Task AllowAsync(string account, string dialect, bool readOnly = false)
    {
        string[] more = readOnly ? ["--read-only"] : [];
        var printed = await RunAsync(["manifests", "rbac", "--dialect", dialect, "-n", _space.Name, "--service-account", account, .. more]);
        Assert.Equal((0, ""), (printed.ExitCode, printed.Error));
        Assert.Equal(RoleManifest.Write(dialect, _space.Name, readOnly, account), printed.Output);
        await _space.Kubectl.RunAsync("apply", "-f", Write($"role-{++_files}.yaml", printed.Output));
    }

    /// <summary>Runs <c>agentdeck doctor</c> on one source named <c>k</c>.</summary>
    public Task<CommandResult> DoctorAsync(string kubeconfig, string dialect = "gascity", string? namespaceName = null) =>
        RunAsync("doctor", "--config", Configuration(kubeconfig, dialect, namespaceName));

    /// <summary>Writes an <c>agents.toml</c> with one source named <c>k</c>.</summary>
    public string Configuration(string kubeconfig, string dialect, string? namespaceName = null, string more = "") => Write($"agents-{++_files}.toml", $"""
        [[source]]
        name = "k"
        kind = "kubernetes"
        dialect = "{dialect}"
        kubeconfig = "{kubeconfig}"
        namespace = "{namespaceName ?? _space.Name}"
        {more}
        """);

    /// <summary>Runs the real program, at home in this folder.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments)
    {
        var command = new CommandSpec
        {
            Program = Program,
            Arguments = [.. arguments],
            Directory = _folder,
            Environment = Environment,
        };
        return new LocalCommandRunner(TimeProvider.System).RunAsync(command, null, ProgramTimeout, CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
