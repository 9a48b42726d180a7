using System.Net;
using System.Net.Sockets;

namespace AgentDeck.Cluster.Tests.Access;

/// <summary>Passes connections on to a server, and can end all of them at once.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly List<Socket> _open = [];
    private readonly Task _accepting;

    public Relay(Uri server)
    {
        _listener.Start();
        _accepting = AcceptAsync(server);
    }

    /// <summary>Where it listens.</summary>
    public string Address => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Ends all connections; new ones are passed on.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _open.ForEach(socket => socket.Dispose());
            _open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync(Uri server)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync(), server));
            }
        }
        catch (SocketException)
        {
            // It was stopped.
        }

        Cut();
        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket client, Uri server)
    {
        var upstream = new Socket(SocketType.Stream, ProtocolType.Tcp);
        lock (_gate)
        {
            _open.AddRange([client, upstream]);
        }

        try
        {
            await upstream.ConnectAsync(server.Host, server.Port);
            await Task.WhenAny(PumpAsync(client, upstream), PumpAsync(upstream, client));
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // It was cut as it was opened.
        }

        client.Dispose();
        upstream.Dispose();
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
}
