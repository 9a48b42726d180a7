using System.Net;
using System.Net.Sockets;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Testing.Kubernetes;
using Microsoft.AspNetCore.Http;

namespace AgentDeck.Engine.Tests.Kubernetes;

public sealed class TrustTests
{
    private static readonly ObjectQuery Pods = new(ResourceKind.Pods, "deck");

    [Fact]
    public async Task A_server_of_another_authority_is_not_trusted_unless_the_kubeconfig_says_so()
    {
        await using var cluster = await FakeCluster.StartAsync();
        using var other = new TestCertificates();
        var wrong = cluster.Server.Kubeconfig().Replace(Base64(cluster.Server.Certificates.Authority), Base64(other.Authority), StringComparison.Ordinal);

        var failure = await FailureAsync(cluster, wrong);

        Assert.Equal(KubernetesFault.Certificate, failure.Fault);
        Assert.Contains("not signed by the certificate authority of the kubeconfig", failure.Message, StringComparison.Ordinal);
        Assert.Empty(cluster.Server.Requests);
        await using var careless = cluster.Open(cluster.Server.Kubeconfig(cluster: ", insecure-skip-tls-verify: true"));
        await careless.ListAsync(Pods, null, default);
    }

    [Fact]
    public async Task A_kubeconfig_without_an_authority_trusts_those_of_the_machine_and_one_bad_certificate_spoils_no_other()
    {
        await using var cluster = await FakeCluster.StartAsync();
        var without = cluster.Server.Kubeconfig().Replace($", certificate-authority-data: {Base64(cluster.Server.Certificates.Authority)}", "", StringComparison.Ordinal);
        cluster.Environment["SSL_CERT_FILE"] = cluster.Write("none.pem", "");
        cluster.Environment["SSL_CERT_DIR"] = Path.Combine(cluster.Directory, "no-such-folder");
        Assert.Equal(KubernetesFault.Certificate, (await FailureAsync(cluster, without)).Fault);

        cluster.Environment["SSL_CERT_FILE"] = cluster.Write(
            "roots.pem", $"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n# ours\n{cluster.Server.Certificates.Authority}");
        await using (var api = cluster.Open(without))
        {
            await api.ListAsync(Pods, null, default);
        }

        cluster.Environment["SSL_CERT_FILE"] = "";
        cluster.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(Path.Combine(cluster.Directory, "roots")).FullName;
        cluster.Write("roots/authority.pem", cluster.Server.Certificates.Authority);
        await using var again = cluster.Open(without);
        await again.ListAsync(Pods, null, default);
    }

    [Fact]
    public async Task A_certificate_for_another_name_needs_tls_server_name()
    {
        await using var cluster = await FakeCluster.StartAsync(await FakeApiServer.StartAsync(host: "api.example"));

        var failure = await FailureAsync(cluster, cluster.Server.Kubeconfig());

        Assert.Equal(KubernetesFault.Certificate, failure.Fault);
        Assert.Contains("tls-server-name", failure.Message, StringComparison.Ordinal);
        await using var named = cluster.Open(cluster.Server.Kubeconfig(cluster: ", tls-server-name: api.example"));
        await named.ListAsync(Pods, null, default);
    }

    [Fact]
    public async Task Nobody_listening_is_said_so()
    {
        await using var cluster = await FakeCluster.StartAsync();
        var kubeconfig = cluster.Server.Kubeconfig().Replace(cluster.Server.Address, $"https://127.0.0.1:{FreePort()}", StringComparison.Ordinal);

        var failure = await FailureAsync(cluster, kubeconfig);

        Assert.Equal(KubernetesFault.Unreachable, failure.Fault);
        Assert.Contains("refuses connections", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_said_so()
    {
        await using var cluster = await FakeCluster.StartAsync();
        var kubeconfig = cluster.Server.Kubeconfig().Replace(cluster.Server.Address, "https://no-such-host.invalid", StringComparison.Ordinal);

        var failure = await FailureAsync(cluster, kubeconfig);

        Assert.Equal((KubernetesFault.Unreachable, "the name no-such-host.invalid cannot be resolved"), (failure.Fault, failure.Message));
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_named_without_its_password()
    {
        await using var cluster = await FakeCluster.StartAsync();
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var refusing = Task.Run(async () =>
        {
            using var client = await proxy.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            await stream.ReadAtLeastAsync(new byte[4096], 1);
            await stream.WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        });
        var address = $"127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}";

        var failure = await FailureAsync(cluster, cluster.Server.Kubeconfig(cluster: $", proxy-url: 'http://ann:secret@{address}'"));

        Assert.Equal(KubernetesFault.Unreachable, failure.Fault);
        Assert.Equal($"the proxy http://{address} refuses to connect to {cluster.Server.Address} (403)", failure.Message);
        await refusing;
    }

    [Fact]
    public async Task A_refusal_carries_its_reason_without_control_characters()
    {
        await using var cluster = await FakeCluster.StartAsync();
        cluster.Server.Fail("/pods", 403, "Forbidden", "user \u001b[31mann may not");

        var failure = await FailureAsync(cluster, cluster.Server.Kubeconfig());

        Assert.Equal((KubernetesFault.Forbidden, 403, "Forbidden"), (failure.Fault, failure.StatusCode, failure.Reason));
        Assert.Equal($"{cluster.Server.Address} forbids to list pods in deck: user \uFFFD[31mann may not", failure.Message);
    }

    [Fact]
    public async Task An_answer_that_is_no_json_is_a_fault_of_the_server()
    {
        await using var cluster = await FakeCluster.StartAsync();
        cluster.Server.Next("/pods", context => context.Response.WriteAsync("<html>welcome</html>"));

        var failure = await FailureAsync(cluster, cluster.Server.Kubeconfig());

        Assert.Equal(KubernetesFault.Server, failure.Fault);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_given_up_after_a_minute()
    {
        await using var cluster = await FakeCluster.StartAsync();
        var asked = new TaskCompletionSource();
        cluster.Server.Next("/pods", context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var api = cluster.Open();

        var listing = api.ListAsync(Pods, null, default);
        await asked.Task;
        cluster.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(KubernetesFault.Unreachable, (await Assert.ThrowsAsync<KubernetesApiException>(() => listing)).Fault);
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<KubernetesApiException> FailureAsync(FakeCluster cluster, string kubeconfig)
    {
        await using var api = cluster.Open(kubeconfig);
        return await Assert.ThrowsAsync<KubernetesApiException>(() => api.ListAsync(Pods, null, default));
    }
}
