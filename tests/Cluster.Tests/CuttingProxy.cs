using System.Net;
using System.Net.Sockets;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests;

/// <summary>Stands between a deck and the API server, passes bytes on, and cuts what the test wants cut.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly Lock _gate = new();
    private readonly List<Connection> _open = [];
    private readonly List<Task> _running = [];
    private readonly string _kubeconfig = Path.GetTempFileName();
    private readonly IPAddress _interface;
    private TcpListener _listener;
    private int _streams;

    private CuttingProxy(Uri server, IPAddress listensOn) => (_server, _interface, _listener) = (server, listensOn, new TcpListener(listensOn, 0));

    /// <summary>The administrator's kubeconfig, with the proxy in place of the server.</summary>
    public string Kubeconfig => _kubeconfig;

    /// <summary>The address that the deck sees.</summary>
    public string Address { get; private set; } = "";

    /// <summary>How many exec streams were opened since the start.</summary>
    public int Streams => Volatile.Read(ref _streams);

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Begins to listen, on loopback.</summary>
    public static CuttingProxy Open(KubernetesCluster cluster) => Open(cluster, IPAddress.Loopback);

    /// <summary>Begins to listen.</summary>
    public static CuttingProxy Open(KubernetesCluster cluster, IPAddress listensOn)
    {
        var text = File.ReadAllText(cluster.Kubeconfig);
        var server = text.Split('"').First(part => part.StartsWith("https://", StringComparison.Ordinal));
        var proxy = new CuttingProxy(new Uri(server), listensOn);
        proxy.Allow();
        proxy.Address = $"https://127.0.0.1:{proxy.Port}";
        File.WriteAllText(proxy._kubeconfig, text.Replace(server, proxy.Address, StringComparison.Ordinal));
        return proxy;
    }

    /// <summary>Listens again where it listened before.</summary>
    public void Allow()
    {
        _listener.Start();
        _running.Add(AcceptAsync(_listener));
    }

    /// <summary>Cuts every connection and refuses new ones.</summary>
    public void Refuse()
    {
        var port = Port;
        _listener.Dispose();
        _listener = new TcpListener(_interface, port);
        Cut();
    }

    /// <summary>Cuts every connection; new ones are passed on.</summary>
    public void Cut() => Cut(_ => true);

    /// <summary>Cuts the exec streams and nothing else.</summary>
    public void CutStreams() => Cut(connection => connection.IsStream);

    /// <summary>Cuts what carries requests and watches and nothing else.</summary>
    public void CutRequests() => Cut(connection => !connection.IsStream);

    public async ValueTask DisposeAsync()
    {
        Refuse();
        await Task.WhenAll(_running);
        File.Delete(_kubeconfig);
    }

    private void Cut(Func<Connection, bool> which)
    {
        lock (_gate)
        {
            foreach (var connection in _open.Where(which))
            {
                connection.Cut();
            }
        }
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync();
                lock (_gate)
                {
                    _running.Add(ServeAsync(client));
                }
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            var hello = new byte[16 * 1024];
            try
            {
                var count = await client.ReceiveAsync(hello);
                // Only exec speaks HTTP/1.1, so only its greeting of TLS does not offer "h2".
                var connection = new Connection(client, server, hello.AsSpan(0, count).IndexOf("\u0002h2"u8) < 0);
                lock (_gate)
                {
                    _open.Add(connection);
                }

                await server.ConnectAsync(_server.Host, _server.Port);
                await server.SendAsync(hello.AsMemory(0, count));
                if (connection.IsStream)
                {
                    Interlocked.Increment(ref _streams);
                }

                await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
                connection.Cut();
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                // It was cut while it was being opened.
            }
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer)) > 0)
            {
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // It was cut.
        }
    }

    private sealed record Connection(Socket Client, Socket Server, bool IsStream)
    {
        // With a reset, as a proxy does that was killed or whose table of connections overflowed.
        public void Cut()
        {
            foreach (var socket in new[] { Client, Server })
            {
                socket.Close(timeout: 0);
            }
        }
    }
}
