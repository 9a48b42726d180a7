using System.Net;
using AgentDeck.Engine.Kubernetes.Credentials;

namespace AgentDeck.Engine.Kubernetes.Http;

/// <summary>Builds the <see cref="HttpClient"/> of a cluster.</summary>
internal static class ApiHandlers
{
    /// <summary>How long a connection may take to open, with TLS.</summary>
    public static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    // A server that stopped must be seen within five seconds: a ping after one second of silence, and two to answer it.
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PingPatience = TimeSpan.FromSeconds(2);

    /// <summary>Creates the client; whoever owns it disposes it with everything in it.</summary>
    public static HttpClient Create(ClusterAccess access, Credential credential)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = ConnectPatience,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = PingAfter,
            KeepAlivePingTimeout = PingPatience,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            InitialHttp2StreamWindowSize = 1024 * 1024,
        };
        access.Trust.Apply(handler.SslOptions);
        handler.SslOptions.ClientCertificateContext = credential.Certificate?.Context;
        if (access.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy) { Credentials = ProxyCredentials(proxy) };
        }

        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "agentdeck");
        return client;
    }

    private static NetworkCredential? ProxyCredentials(Uri proxy) =>
        proxy.UserInfo.Split(':', 2) is { Length: 2 } parts
            ? new NetworkCredential(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1]))
            : null;
}
