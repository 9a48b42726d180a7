using System.Net;
using System.Net.Sockets;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Testing.Kubernetes;

namespace AgentDeck.Engine.Tests.Kubernetes;

public sealed class KubeconfigTests : IAsyncLifetime
{
    private static readonly ObjectQuery Pods = new(ResourceKind.Pods, "deck");
    private FakeCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await FakeCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task Files_merge_the_first_of_a_name_wins_and_paths_are_relative_to_their_file()
    {
        Directory.CreateDirectory(Path.Combine(_cluster.Directory, "second"));
        _cluster.Write("second/token", "good\n");
        _cluster.Write("second/ca.pem", _cluster.Server.Certificates.Authority);
        var first = _cluster.Write("first", """
            contexts: [{name: here, context: {cluster: c, user: u, namespace: mine}}]
            current-context: here
            """);
        var second = _cluster.Write("second/config", $$$"""
            clusters: [{name: c, cluster: {server: "{{{_cluster.Server.Address}}}", certificate-authority: ca.pem}}]
            users: [{name: u, user: {tokenFile: token}}]
            contexts: [{name: here, context: {cluster: other, user: other}}]
            current-context: elsewhere
            """);
        _cluster.Environment["KUBECONFIG"] = $"{first}:/no/such/file:{second}";

        await using var api = _cluster.Connector().Open(null, null);
        await api.ListAsync(Pods, null, default);

        Assert.Equal("mine", api.Namespace);
        Assert.Equal(_cluster.Server.Address, api.Server);
    }

    [Fact]
    public async Task Without_any_variable_the_one_in_the_home_directory_counts()
    {
        Directory.CreateDirectory(Path.Combine(_cluster.Directory, ".kube"));
        _cluster.Write(".kube/config", _cluster.Server.Kubeconfig());
        _cluster.Environment["HOME"] = _cluster.Directory;

        await using var api = _cluster.Connector().Open("fake", "");

        Assert.Equal("deck", api.Namespace);
    }

    [Theory]
    [InlineData("clusters: [}", "is not valid YAML at line 1")]
    [InlineData("users: [{name: u, user: {token: [secret]}}]\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: h}}]\ncurrent-context: x", "line 1: token must be a text")]
    [InlineData("contexts: []", "has no current context")]
    [InlineData("current-context: gone", "there is no context gone")]
    [InlineData("contexts: [{name: x, context: {cluster: c}}]\ncurrent-context: x", "names the cluster c, which")]
    [InlineData("contexts: [{name: x, context: {cluster: c}}]\ncurrent-context: x\nclusters: [{name: c, cluster: {server: 'ftp://secret@h'}}]", "not an http or https address")]
    [InlineData("contexts: [{name: x, context: {cluster: c}}]\ncurrent-context: x\nclusters: [{name: c, cluster: {server: h, certificate-authority-data: secret!}}]", "is not base64")]
    [InlineData("contexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x\nclusters: [{name: c, cluster: {server: h}}]\nusers: [{name: u, user: {token: \"secret\\nline\"}}]", "cannot carry")]
    [InlineData("contexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x\nclusters: [{name: c, cluster: {server: h}}]\nusers: [{name: u, user: {auth-provider: {name: gcp}}}]", "auth-provider")]
    public void What_cannot_be_used_is_said_with_its_file_and_without_its_secrets(string text, string expected)
    {
        var failure = Assert.Throws<KubernetesApiException>(() => _cluster.Open(text));

        Assert.Equal(KubernetesFault.Configuration, failure.Fault);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains(_cluster.Directory, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_kubeconfig_the_remedy_is_named()
    {
        var none = Assert.Throws<KubernetesApiException>(() => _cluster.Connector().Open(null, null));
        var missing = Assert.Throws<KubernetesApiException>(() => _cluster.Connector().Open(null, "/no/such/file"));

        Assert.Contains("set KUBECONFIG", none.Message, StringComparison.Ordinal);
        Assert.Contains("/no/such/file does not exist", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_pod_the_service_account_counts_and_its_token_is_read_again_each_minute()
    {
        var server = new Uri(_cluster.Server.Address);
        Directory.CreateDirectory(Path.Combine(_cluster.Directory, "serviceaccount"));
        _cluster.Write("serviceaccount/token", "good");
        _cluster.Write("serviceaccount/ca.crt", _cluster.Server.Certificates.Authority);
        _cluster.Write("serviceaccount/namespace", "home");
        _cluster.Environment["KUBERNETES_SERVICE_HOST"] = server.Host;
        _cluster.Environment["KUBERNETES_SERVICE_PORT"] = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using var api = _cluster.Connector().Open(null, null);

        await api.ListAsync(Pods, null, default);
        _cluster.Write("serviceaccount/token", "next");
        _cluster.Server.Tokens["next"] = "next";
        await api.ListAsync(Pods, null, default);
        Assert.Equal("Bearer good", _cluster.Server.LastHeaders!.Authorization);
        _cluster.Time.Advance(TimeSpan.FromMinutes(1));
        await api.ListAsync(Pods, null, default);

        Assert.Equal("Bearer next", _cluster.Server.LastHeaders!.Authorization);
        Assert.Equal("home", api.Namespace);
    }

    [Fact]
    public async Task Credentials_go_over_nothing_but_tls()
    {
        using var plain = new TcpListener(IPAddress.Loopback, 0);
        plain.Start();
        var heard = HearAsync(plain);
        await using var api = _cluster.Open(_cluster.Server.Kubeconfig().Replace(_cluster.Server.Address, $"http://{plain.LocalEndpoint}", StringComparison.Ordinal));

        await api.ListAsync(Pods, null, default);

        Assert.StartsWith("GET /api/v1/namespaces/deck/pods", await heard, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", await heard, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("good", await heard, StringComparison.Ordinal);
    }

    // Answers one request with an empty list and tells its head.
    private static async Task<string> HearAsync(TcpListener listener)
    {
        const string Answer = """{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]}""";
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, leaveOpen: true);
        var head = "";
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            head += line + "\n";
        }

        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Answer.Length}\r\nConnection: close\r\n\r\n{Answer}"));
        return head;
    }
}
