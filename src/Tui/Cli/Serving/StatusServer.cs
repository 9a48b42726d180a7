using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace AgentDeck.Tui.Cli.Serving;

/// <summary>
/// A server of HTTP/1.1 with a few pages of plain text, each connection for one of them. Whoever sends slowly, too much or too often is cut off;
/// nothing that is sent is acted on. Disposing closes the door and waits a moment for answers that are on their way.
/// </summary>
internal sealed class StatusServer : IAsyncDisposable
{
    private const int MostConnections = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastAnswers = TimeSpan.FromMilliseconds(200);

    private readonly TcpListener _listener;
    private readonly ServerSecrets _secrets;
    private readonly IReadOnlyDictionary<string, Func<StatusAnswer>> _pages;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _room = new(MostConnections);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _accepting;
    private volatile bool _isClosed;

    private StatusServer(TcpListener listener, ServerSecrets secrets, IReadOnlyDictionary<string, Func<StatusAnswer>> pages, TimeProvider time)
    {
        (_listener, _secrets, _pages, _time) = (listener, secrets, pages, time);
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens, with the port that was chosen when 0 was asked for.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Begins to listen.</summary>
    /// <param name="address">Where.</param>
    /// <param name="secrets">Its certificate and token.</param>
    /// <param name="pages">What answers each path; called from any thread.</param>
    /// <param name="time">Ends what takes too long.</param>
    /// <exception cref="CliException">It cannot listen there.</exception>
    public static StatusServer Start(IPEndPoint address, ServerSecrets secrets, IReadOnlyDictionary<string, Func<StatusAnswer>> pages, TimeProvider time)
    {
        var listener = new TcpListener(address);
        try
        {
            listener.Start();
            return new StatusServer(listener, secrets, pages, time);
        }
        catch (SocketException failure)
        {
            listener.Dispose();
            throw new CliException(ExitCode.Failure, $"cannot listen on {address}: {failure.Message}; choose another with --listen");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _listener.Stop();
        _closing.CancelAfter(LastAnswers);
        await _accepting;
        for (var connection = 0; connection < MostConnections; connection++)
        {
            await _room.WaitAsync();
        }

        _listener.Dispose();
        _room.Dispose();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            await _room.WaitAsync();
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync();
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                _room.Release();
                if (_isClosed)
                {
                    return;
                }

                // The caller went before it was let in, or there are too many open files: others may fare better.
                await Task.Delay(LastAnswers, _time);
                continue;
            }

            _ = ServeAsync(socket);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _closing.Token);
        try
        {
            await using var plain = new NetworkStream(socket, ownsSocket: true);
            await using var stream = await SecureAsync(plain, either.Token);
            await AnswerAsync(stream, either.Token);
        }
        catch (Exception failure) when (failure is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            // The caller went, has no patience for TLS, or took too long.
        }
        finally
        {
            _room.Release();
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream plain, CancellationToken cancellationToken)
    {
        if (_secrets.Certificate is not { } certificate)
        {
            return plain;
        }

        var secure = new SslStream(plain, leaveInnerStreamOpen: true);
        try
        {
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private async Task AnswerAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[RequestHead.Longest];
        var length = 0;
        while (!RequestHead.IsComplete(buffer.AsSpan(0, length)))
        {
            if (length == buffer.Length)
            {
                await stream.WriteAsync(new StatusAnswer(431, "the request is too long\n").ToBytes(withBody: true), cancellationToken);
                return;
            }

            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return;
            }

            length += read;
        }

        var head = RequestHead.Parse(buffer.AsSpan(0, length));
        await stream.WriteAsync(AnswerOf(head).ToBytes(head?.Method != "HEAD"), cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    private StatusAnswer AnswerOf(RequestHead? head) =>
        head is null ? new StatusAnswer(400, "this is not HTTP/1.1\n")
        : !_secrets.Admits(head.Authorization) ? new StatusAnswer(401, "the token is missing or wrong\n")
        : head.Method is not ("GET" or "HEAD") ? new StatusAnswer(405, "only GET and HEAD\n")
        : _pages.TryGetValue(head.Path, out var page) ? page()
        : new StatusAnswer(404, $"there are {string.Join(", ", _pages.Keys)}\n");
}
