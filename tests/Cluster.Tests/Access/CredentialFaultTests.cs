using System.Net;
using System.Net.Sockets;
using System.Text;
using AgentDeck.Cluster.Tests.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing.Cluster;
using AgentDeck.Testing.Kubernetes;

namespace AgentDeck.Cluster.Tests.Access;

/// <summary>What cannot work is said in one sentence, the same one in the deck's header and by <c>agentdeck doctor</c>.</summary>
[Collection(ClusterCollection.Name)]
public sealed class CredentialFaultTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>, IAsyncLifetime
{
    private AccessScene _scene = null!;

    public async Task InitializeAsync() => _scene = TestCluster.WhyNot is null ? await AccessScene.OpenAsync(space) : null!;

    public async Task DisposeAsync() => await (_scene?.DisposeAsync() ?? default);

    [ClusterAuthorityFact]
    public async Task A_client_certificate_that_expired()
    {
        using var authority = ClusterAuthority.Of(space.Cluster);
        var config = _scene.Kubeconfig(Certificate(authority.Sign("ann", expires: TimeProvider.System.GetUtcNow().AddDays(-2))));

        await IsSaidAsync(config, SourceLink.Denied, $"the client certificate of user deck of {config} expired on {TimeProvider.System.GetUtcNow().AddDays(-2):yyyy-MM-dd}: renew it");
    }

    [ClusterFact]
    public async Task A_client_certificate_of_somebody_else()
    {
        using var stranger = new TestCertificates();
        var config = _scene.Kubeconfig(Certificate(stranger.Sign("ann")));

        await IsSaidAsync(config, SourceLink.Denied, $"{_scene.Server} does not know the user deck of {config}: renew its credentials");
    }

    [ClusterFact]
    public async Task A_token_that_was_revoked()
    {
        var config = _scene.Kubeconfig($"token: {await _scene.TokenAsync("left", "left")}");
        await _scene.RevokeAsync("left");

        await IsSaidAsync(config, SourceLink.Denied, $"{_scene.Server} does not know the user deck of {config}: renew its credentials");
    }

    [ClusterFact]
    public async Task A_namespace_that_is_forbidden()
    {
        var config = _scene.Kubeconfig($"token: {await _scene.TokenAsync("guest", "guest")}");

        await using var deck = Deck(config, "kube-system");
        var source = (await deck.SeeFleetAsync(fleet => fleet.Sources.Single().Error is not null)).Sources.Single();
        var doctor = await _scene.DoctorAsync(config, namespaceName: "kube-system");

        Assert.Equal(SourceLink.Denied, source.Link);
        Assert.StartsWith(
            $"{_scene.Server} forbids to list pods in kube-system: pods is forbidden: User \"system:serviceaccount:{space.Name}:guest\" cannot list resource \"pods\"", source.Error, StringComparison.Ordinal);
        Assert.Contains("FAIL source k: you may not list, watch pods in kube-system, so you cannot see agents come, change and go\n", doctor.Output, StringComparison.Ordinal);
        Assert.Equal(1, doctor.ExitCode);
    }

    [ClusterFact]
    public async Task A_server_of_another_authority()
    {
        using var other = new TestCertificates();
        var config = _scene.Kubeconfig("token: secret-token", authority: Convert.ToBase64String(Encoding.UTF8.GetBytes(other.Authority)));

        await IsSaidAsync(config, SourceLink.Denied, $"{_scene.Server} cannot be trusted: its certificate is not signed by the certificate authority of the kubeconfig");
    }

    [ClusterFact]
    public async Task A_server_of_another_name()
    {
        var config = _scene.Kubeconfig("token: secret-token", cluster: "tls-server-name: elsewhere.test");

        await IsSaidAsync(config, SourceLink.Denied, $"{_scene.Server} cannot be trusted: its certificate is for another name; correct server or tls-server-name");
    }

    [ClusterFact]
    public async Task A_name_that_nobody_knows()
    {
        var config = _scene.Kubeconfig("token: secret-token", server: "https://no-such-cluster.invalid:6443");

        await IsSaidAsync(config, SourceLink.Unreachable, "the name no-such-cluster.invalid cannot be resolved");
    }

    [ClusterFact]
    public async Task A_proxy_that_refuses()
    {
        await using var proxy = new RefusingProxy();
        var config = _scene.Kubeconfig("token: secret-token", cluster: $"proxy-url: 'http://ann:secret-password@{proxy.Address}'");

        await IsSaidAsync(config, SourceLink.Unreachable, $"the proxy http://{proxy.Address} refuses to connect to {_scene.Server} (407)");
    }

    [ClusterFact]
    public async Task A_proxy_that_is_not_there()
    {
        using var reserved = new TcpListener(IPAddress.Loopback, 0);
        reserved.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)reserved.LocalEndpoint).Port}";
        reserved.Stop();
        var config = _scene.Kubeconfig("token: secret-token", cluster: $"proxy-url: {address}");

        await IsSaidAsync(config, SourceLink.Unreachable, $"the proxy {address} refuses connections: nothing listens there");
    }

    [ClusterFact]
    public async Task A_plugin_that_is_not_installed()
    {
        var config = _scene.Kubeconfig(Plugin("no-such-login", hint: "get it from the team"));

        await IsSaidAsync(config, SourceLink.Unreachable, $"the credential plugin no-such-login of user deck of {config} was not found: get it from the team");
    }

    [ClusterTheory]
    [InlineData("exit 3", "failed with exit code 3; run it in a shell to see why")]
    [InlineData("echo welcome, your token is secret-token", "printed something other than JSON")]
    [InlineData("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{}}'""", "printed no credential")]
    public async Task A_plugin_that_is_of_no_use(string script, string expected)
    {
        var plugin = _scene.Script("login", $"echo secret-token >&2; {script}");
        var config = _scene.Kubeconfig(Plugin(plugin));

        await IsSaidAsync(config, SourceLink.Unreachable, $"the credential plugin {plugin} of user deck of {config} {expected}");
    }

    [ClusterFact]
    public async Task A_token_file_that_is_not_there()
    {
        var config = _scene.Kubeconfig("tokenFile: nowhere/token");

        var (_, error) = await SourceAsync(config);

        Assert.StartsWith($"the token file {Path.GetDirectoryName(config)}/nowhere/token cannot be read: ", error, StringComparison.Ordinal);
    }

    internal static string Certificate((string Certificate, string Key) signed) =>
        $"client-certificate-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(signed.Certificate))}, client-key-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(signed.Key))}";

    internal static string Plugin(string command, string version = "v1", string hint = "") =>
        $"exec: {{apiVersion: client.authentication.k8s.io/{version}, command: {command}{(hint.Length > 0 ? $", installHint: {hint}" : "")}, interactiveMode: Never}}";

    private ClusterDeck Deck(string config, string? namespaceName = null) =>
        ClusterDeck.Open(space, "gascity", spec => spec with { Kubeconfig = config, Namespaces = [namespaceName ?? space.Name] });

    private async Task<(SourceLink Link, string? Error)> SourceAsync(string config)
    {
        await using var deck = Deck(config);
        var source = (await deck.SeeFleetAsync(fleet => fleet.Sources.Single().Error is not null)).Sources.Single();
        return (source.Link, source.Error);
    }

    private async Task IsSaidAsync(string config, SourceLink link, string sentence)
    {
        Assert.Equal((link, sentence), await SourceAsync(config));

        var doctor = await _scene.DoctorAsync(config);
        Assert.Equal(1, doctor.ExitCode);
        Assert.Equal([$"FAIL source k: {sentence}"], doctor.Output.Split('\n').Where(line => line.StartsWith("FAIL", StringComparison.Ordinal)));
        Assert.DoesNotContain("secret", doctor.Output + doctor.Error, StringComparison.Ordinal);
    }
}
