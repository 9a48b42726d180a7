using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AgentDeck.Tui.Cli;
using AgentDeck.Tui.Cli.Serving;

namespace AgentDeck.Tui.Tests.Cli.Serving;

public sealed class StatusServerTests
{
    private static readonly ServerSecrets Open = new(null, null);

    private static readonly Dictionary<string, Func<StatusAnswer>> Pages = new() { ["/healthz"] = () => new StatusAnswer(200, "ok\n"), ["/readyz"] = () => new StatusAnswer(503, "not yet\n") };

    [Theory]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK", "\r\n\r\nok\n")]
    [InlineData("GET /healthz?x=1 HTTP/1.0\r\n\r\n", "HTTP/1.1 200 OK", "\r\n\r\nok\n")]
    [InlineData("HEAD /healthz HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK", "Connection: close\r\n\r\n")]
    [InlineData("GET /readyz HTTP/1.1\r\n\r\n", "HTTP/1.1 503 Service Unavailable", "not yet\n")]
    [InlineData("GET /secrets HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found", "there are /healthz, /readyz\n")]
    [InlineData("POST /healthz HTTP/1.1\r\n\r\n", "HTTP/1.1 405 Method Not Allowed", "only GET and HEAD\n")]
    [InlineData("nonsense\r\n\r\n", "HTTP/1.1 400 Bad Request", "this is not HTTP/1.1\n")]
    [InlineData("GET /healthz HTTP/2.0\r\n\r\n", "HTTP/1.1 400 Bad Request", "this is not HTTP/1.1\n")]
    public async Task Every_request_gets_one_answer(string request, string begins, string ends)
    {
        await using var server = StatusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), Open, Pages, TimeProvider.System);

        var answer = await SendAsync(server, request);

        Assert.StartsWith(begins, answer, StringComparison.Ordinal);
        Assert.EndsWith(ends, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_too_long_is_refused()
    {
        await using var server = StatusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), Open, Pages, TimeProvider.System);

        Assert.StartsWith("HTTP/1.1 431 ", await SendAsync(server, $"GET /{new string('x', RequestHead.Longest - 5)}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_begins_and_does_not_go_on_keeps_nobody_out_and_not_the_end_either()
    {
        var server = StatusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), Open, Pages, TimeProvider.System);
        var address = server.Address;
        using var idle = new TcpClient();
        await idle.ConnectAsync(server.Address);
        await idle.GetStream().WriteAsync("GET /hea"u8.ToArray());

        Assert.StartsWith("HTTP/1.1 200", await SendAsync(server, "GET /healthz HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
        await server.DisposeAsync();
        await server.DisposeAsync();

        using var late = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(() => late.ConnectAsync(address));
    }

    [Theory]
    [InlineData("Authorization: Bearer good\r\n", 200)]
    [InlineData("authorization:Bearer good\r\n", 200)]
    [InlineData("Authorization: Bearer goo\r\n", 401)]
    [InlineData("Authorization: Bearer goodness\r\n", 401)]
    [InlineData("Authorization: good\r\n", 401)]
    [InlineData("", 401)]
    public async Task With_a_token_nothing_is_answered_without_it(string header, int code)
    {
        await using var server = StatusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new ServerSecrets(null, "good"), Pages, TimeProvider.System);

        Assert.StartsWith($"HTTP/1.1 {code} ", await SendAsync(server, $"GET /healthz HTTP/1.1\r\n{header}\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_probe_gets_the_page_over_tls_with_the_certificate_that_it_knows_and_from_no_other()
    {
        using var folder = new Certificates();
        using var secrets = ServerSecrets.Read(folder.Write("a", out var key), key, "good");
        using var others = ServerSecrets.Read(folder.Write("b", out var otherKey), otherKey, "good");
        await using var server = StatusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), secrets, Pages, TimeProvider.System);

        Assert.Equal(new StatusAnswer(200, "ok\n"), await StatusProbe.AskAsync(server.Address, "/healthz", secrets, CancellationToken.None));
        Assert.Equal(401, (await StatusProbe.AskAsync(server.Address, "/healthz", secrets with { Token = "bad" }, CancellationToken.None)).Code);
        Assert.Equal(503, (await StatusProbe.AskAsync(server.Address, "/healthz", others, CancellationToken.None)).Code);
        Assert.Equal(503, (await StatusProbe.AskAsync(server.Address, "/healthz", new ServerSecrets(null, "good"), CancellationToken.None)).Code);
    }

    [Fact]
    public void A_taken_address_is_an_expected_failure()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var failure = Assert.Throws<CliException>(() => StatusServer.Start((IPEndPoint)taken.LocalEndpoint, Open, Pages, TimeProvider.System));

        Assert.Contains("choose another with --listen", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(StatusServer server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }

    private sealed class Certificates : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("ad-tls-").FullName;

        public string Write(string name, out string keyFile)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
            var now = TimeProvider.System.GetUtcNow();
            using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
            keyFile = Path.Combine(_folder, $"{name}.key");
            File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
            var file = Path.Combine(_folder, $"{name}.crt");
            File.WriteAllText(file, certificate.ExportCertificatePem());
            return file;
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
