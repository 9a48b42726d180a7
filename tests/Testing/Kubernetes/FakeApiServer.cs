using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace AgentDeck.Testing.Kubernetes;

/// <summary>
/// An API server in this process behind real TLS, HTTP/2 and WebSockets, for faults that cannot be provoked in a real one. Commands
/// of exec run on this machine. A test scripts answers that come before the usual ones.
/// </summary>
public sealed class FakeApiServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<(Func<HttpRequest, bool> Matches, RequestDelegate Answer)> _script = new();
    private readonly ConcurrentDictionary<HttpContext, bool> _open = new();
    private readonly CancellationTokenSource _stopping = new();

    private FakeApiServer(TestCertificates certificates, HttpProtocols protocols, string? host)
    {
        Certificates = certificates;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var (certificate, key) = certificates.Sign("server", host: host);
        var identity = X509CertificateLoader.LoadPkcs12(X509Certificate2.CreateFromPem(certificate, key).Export(X509ContentType.Pkcs12), null);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = null;
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = identity;
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.AllowAnyClientCertificate();
                });
            });
        });
        _application = builder.Build();
        _application.UseWebSockets();
        _application.Run(HandleAsync);
        Exec = new FakeExec(this);
    }

    /// <summary>Who signed its certificate.</summary>
    public TestCertificates Certificates { get; }

    /// <summary>What it keeps.</summary>
    public FakeObjects Objects { get; } = new();

    /// <summary>How it runs commands.</summary>
    public FakeExec Exec { get; }

    /// <summary>The tokens that it knows; <c>good</c> at first.</summary>
    public ConcurrentDictionary<string, string> Tokens { get; } = new() { ["good"] = "tester" };

    /// <summary>The logs of containers by pod.</summary>
    public ConcurrentDictionary<string, string> Logs { get; } = new();

    /// <summary>The requests so far: method, path and query.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The headers of the last request.</summary>
    public IHeaderDictionary? LastHeaders { get; private set; }

    /// <summary>The HTTP version of the last request.</summary>
    public string LastProtocol { get; private set; } = "";

    /// <summary>Its address.</summary>
    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Ends when the server is stopped.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Starts a server.</summary>
    /// <param name="protocols">What it speaks.</param>
    /// <param name="host">The only name that its certificate has; localhost and 127.0.0.1 if not given.</param>
    public static async Task<FakeApiServer> StartAsync(HttpProtocols protocols = HttpProtocols.Http1AndHttp2, string? host = null)
    {
        var server = new FakeApiServer(new TestCertificates(), protocols, host);
        await server._application.StartAsync();
        return server;
    }

    /// <summary>Answers the next request to a path (that has no earlier answer waiting) in another way than usual.</summary>
    /// <param name="fragment">What the path with its query contains.</param>
    /// <param name="answer">The answer.</param>
    public void Next(string fragment, RequestDelegate answer) =>
        _script.Enqueue((request => $"{request.Path}{request.QueryString}".Contains(fragment, StringComparison.Ordinal), answer));

    /// <summary>Answers the next request to a path with a failure.</summary>
    public void Fail(string fragment, int code, string reason, string message, string? retryAfter = null) => Next(fragment, context =>
    {
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return FakeAnswers.StatusAsync(context, code, reason, message);
    });

    /// <summary>Cuts every watch, log and stream that is open.</summary>
    public void CutAll()
    {
        foreach (var context in _open.Keys)
        {
            context.Abort();
        }
    }

    /// <summary>The text of a kubeconfig for this server.</summary>
    /// <param name="user">The user's lines in YAML flow style.</param>
    /// <param name="cluster">More of the cluster in the same style, with a comma before it.</param>
    public string Kubeconfig(string user = "token: good", string cluster = "") =>
        $$$"""
        apiVersion: v1
        kind: Config
        clusters: [{name: fake, cluster: {server: "{{{Address}}}", certificate-authority-data: {{{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Certificates.Authority))}}}{{{cluster}}} }}]
        users: [{name: tester, user: { {{{user}}} }}]
        contexts: [{name: fake, context: {cluster: fake, user: tester, namespace: deck}}]
        current-context: fake

        """;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using var patience = new CancellationTokenSource(0);
        try
        {
            await _application.StopAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Open connections are cut: that is what the test wants.
        }

        await _application.DisposeAsync();
        Certificates.Dispose();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        (LastHeaders, LastProtocol) = (new HeaderDictionary(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)), context.Request.Protocol);
        _open[context] = true;
        try
        {
            if (_script.TryPeek(out var next) && next.Matches(context.Request) && _script.TryDequeue(out _))
            {
                await next.Answer(context);
            }
            else if (!IsKnown(context))
            {
                await FakeAnswers.StatusAsync(context, 401, "Unauthorized", "Unauthorized");
            }
            else
            {
                await FakeAnswers.AnswerAsync(this, context);
            }
        }
        catch (OperationCanceledException)
        {
            // The client went, or the server stops.
        }
        finally
        {
            _open.TryRemove(context, out _);
        }
    }

    private bool IsKnown(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        var certificate = context.Connection.ClientCertificate;
        return certificate is not null
            ? certificate.Issuer == "CN=test authority"
            : authorization.StartsWith("Bearer ", StringComparison.Ordinal) && Tokens.ContainsKey(authorization["Bearer ".Length..]);
    }
}
