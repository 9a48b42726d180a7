using AgentDeck.Engine.Kubernetes;
using AgentDeck.Testing;
using AgentDeck.Testing.Kubernetes;

namespace AgentDeck.Engine.Tests.Kubernetes;

public sealed class CredentialTests : IAsyncLifetime
{
    private static readonly ObjectQuery Pods = new(ResourceKind.Pods, "deck");
    private FakeCluster _cluster = null!;

    private FakeApiServer Server => _cluster.Server;

    public async Task InitializeAsync() => _cluster = await FakeCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task A_client_certificate_is_shown_over_http_2()
    {
        var (certificate, key) = Server.Certificates.Sign("ann");
        _cluster.Write("ann.crt", certificate);
        _cluster.Write("ann.key", key);

        await ListAsync("client-certificate: ann.crt, client-key: ann.key");

        Assert.Equal("HTTP/2", Server.LastProtocol);
    }

    [Fact]
    public async Task An_expired_client_certificate_is_said_to_be_expired()
    {
        var (certificate, key) = Server.Certificates.Sign("ann", _cluster.Time.GetUtcNow().AddDays(-1));
        _cluster.Write("ann.crt", certificate);
        _cluster.Write("ann.key", key);
        Server.Fail("/pods", 401, "Unauthorized", "Unauthorized");

        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => ListAsync("client-certificate: ann.crt, client-key: ann.key"));

        Assert.Equal(KubernetesFault.Certificate, failure.Fault);
        Assert.Contains("expired on 2026-11-20", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Impersonation_is_asked_for()
    {
        await ListAsync("token: good, as: eve, as-groups: [a, b], as-uid: '7', as-user-extra: {Team/X: [t]}");

        var headers = Server.LastHeaders!;
        Assert.Equal(("eve", "7", "t"), (headers["Impersonate-User"].ToString(), headers["Impersonate-Uid"].ToString(), headers["Impersonate-Extra-team%2Fx"].ToString()));
        Assert.Equal(["a", "b"], headers["Impersonate-Group"].SelectMany(value => value!.Split(", ")));
    }

    [Fact]
    public async Task A_name_and_a_password_are_sent_as_basic_authentication()
    {
        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => ListAsync("username: ann, password: p"));

        Assert.Equal(KubernetesFault.Unauthorized, failure.Fault);
        Assert.Equal("Basic YW5uOnA=", Server.LastHeaders!.Authorization);
        Assert.Contains("user tester of", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_credentials_are_read_again_once()
    {
        await using var api = _cluster.Open(Server.Kubeconfig("token: old"));
        _cluster.Write("config", Server.Kubeconfig());

        await api.ListAsync(Pods, null, default);
        Server.Tokens.Clear();
        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => api.ListAsync(Pods, null, default));

        Assert.Equal(KubernetesFault.Unauthorized, failure.Fault);
        Assert.Equal(3, Server.Requests.Count);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1beta1")]
    public async Task A_plugin_is_asked_once_until_its_credential_expires(string version)
    {
        var runner = Plugin($$$"""{"apiVersion":"client.authentication.k8s.io/{{{version}}}","kind":"ExecCredential","status":{"token":"good","expirationTimestamp":"2026-11-21T14:10:00Z"}}""");
        await using var api = _cluster.Open(Server.Kubeconfig(Exec(version)), runner);

        await api.ListAsync(Pods, null, default);
        runner.Answers.Clear();
        await api.ListAsync(Pods, null, default);
        _cluster.Time.Advance(TimeSpan.FromMinutes(10));
        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => api.ListAsync(Pods, null, default));

        Assert.Equal(KubernetesFault.Configuration, failure.Fault);
        Assert.EndsWith("was not found: get it from the team", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_is_told_of_the_cluster_and_may_answer_with_a_certificate()
    {
        var (certificate, key) = Server.Certificates.Sign("ann");
        _cluster.Write("ann.json", System.Text.Json.JsonSerializer.Serialize(
            new { apiVersion = "client.authentication.k8s.io/v1", kind = "ExecCredential", status = new { clientCertificateData = certificate, clientKeyData = key } }));
        _cluster.Write("plugin", $"printf %s \"$KUBERNETES_EXEC_INFO\" > {_cluster.Directory}/told; cat {_cluster.Directory}/$1");

        await ListAsync($"exec: {{apiVersion: client.authentication.k8s.io/v1, command: sh, args: [{_cluster.Directory}/plugin, ann.json], provideClusterInfo: true}}");

        using var told = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(_cluster.Directory, "told")));
        Assert.Equal(Server.Address + "/", told.RootElement.GetProperty("spec").GetProperty("cluster").GetProperty("server").GetString());
    }

    [Theory]
    [InlineData("no secret json", "something other than JSON")]
    [InlineData("""{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v2","status":{"token":"secret"}}""", "other than an ExecCredential")]
    [InlineData("""{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":7}}""", "printed no credential")]
    public async Task What_a_plugin_prints_never_gets_into_a_message(string output, string expected)
    {
        await using var api = _cluster.Open(Server.Kubeconfig(Exec("v1")), Plugin(output));

        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => api.ListAsync(Pods, null, default));

        Assert.Equal(KubernetesFault.Configuration, failure.Fault);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    private static string Exec(string version) =>
        $"exec: {{apiVersion: client.authentication.k8s.io/{version}, command: login-helper, installHint: \"get it\\nfrom the team\"}}";

    private static FakeCommandRunner Plugin(string output)
    {
        var runner = new FakeCommandRunner();
        runner.Answers["login-helper"] = output;
        return runner;
    }

    private async Task ListAsync(string user)
    {
        await using var api = _cluster.Open(Server.Kubeconfig(user));
        await api.ListAsync(Pods, null, default);
    }
}
