using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using AgentDeck.Engine.Kubernetes.Http;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes.Exec;

/// <summary>
/// Opens exec streams. The handshake (RFC 6455) is made here and not by <c>ClientWebSocket</c>, because the body of a refusal
/// says why and that class drops it.
/// </summary>
internal static class ExecOpener
{
    private const string NewProtocol = "v5.channel.k8s.io";
    private const string OldProtocol = "v4.channel.k8s.io";
    private const string KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    // A container that was just started may not be found for about a second: four tries, and then it is true.
    private const int Tries = 5;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PingPatience = TimeSpan.FromSeconds(10);

    /// <summary>Runs a command in a container.</summary>
    /// <exception cref="KubernetesApiException">It was refused, or nobody answered.</exception>
    public static async Task<ExecStream> OpenAsync(ApiClient client, PodContainer container, CommandSpec command, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await ConnectAsync(client, container, command, time, either.Token);
                }
                catch (KubernetesApiException failure) when (attempt < Tries && failure.StatusCode == (int)HttpStatusCode.InternalServerError)
                {
                    await Task.Delay(BetweenTries, time, either.Token);
                }
            }
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KubernetesApiException(
                KubernetesFault.Unreachable, $"{ApiFaults.Address(client.Access.Server)} did not open a stream to {container} within {Patience.TotalSeconds:0} seconds", innerException: failure);
        }
    }

    private static async Task<ExecStream> ConnectAsync(ApiClient client, PodContainer container, CommandSpec command, TimeProvider time, CancellationToken cancellationToken)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var path = Path(container, command);
        var response = await client.SendAsync($"run {command.Program} in {container}", () => Request(path, key), cancellationToken);
        try
        {
            var protocol = Protocol(response, key, container);
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions
            {
                SubProtocol = protocol,
                KeepAliveInterval = PingEvery,
                KeepAliveTimeout = PingPatience,
            });
            var exec = new ExecStream(socket, container, command, protocol == NewProtocol, ApiFaults.Address(client.Access.Server), time);
            response = null;
            return await StartAsync(exec, container, cancellationToken);
        }
        finally
        {
            response?.Dispose();
        }
    }

    private static async Task<ExecStream> StartAsync(ExecStream exec, PodContainer container, CancellationToken cancellationToken)
    {
        var started = false;
        try
        {
            await exec.StartAsync(cancellationToken);
            started = true;
            return exec;
        }
        catch (IOException failure)
        {
            throw new KubernetesApiException(KubernetesFault.Unreachable, $"the stream to {container} was cut as it was opened", innerException: failure);
        }
        finally
        {
            if (!started)
            {
                await exec.DisposeAsync();
            }
        }
    }

    private static ApiPath Path(PodContainer container, CommandSpec command)
    {
        var terminal = command.Terminal is not null;
        var path = new ApiPath(ResourceKind.Pods.Path(container.Namespace, container.Pod) + "/exec").Add("container", container.Container)
            .Always("stdin", "true").Always("stdout", "true").Always("stderr", terminal ? "false" : "true").Always("tty", terminal ? "true" : "false")
            .Always("command", command.Program);
        return command.Arguments.Aggregate(path, (all, argument) => all.Always("command", argument));
    }

    private static HttpRequestMessage Request(ApiPath path, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path.Uri) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", key);
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Protocol", $"{NewProtocol}, {OldProtocol}");
        return request;
    }

    private static string Protocol(HttpResponseMessage response, string key, PodContainer container)
    {
#pragma warning disable CA5350 // SHA-1 is what RFC 6455 asks for; it proves nothing and protects nothing.
        var expected = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + KeySuffix)));
#pragma warning restore CA5350
        var isAnswer = response.StatusCode == HttpStatusCode.SwitchingProtocols
            && response.Headers.TryGetValues("Sec-WebSocket-Accept", out var accepted) && accepted.SequenceEqual([expected]);
        var protocol = response.Headers.TryGetValues("Sec-WebSocket-Protocol", out var chosen) ? chosen.FirstOrDefault() : null;
        return isAnswer && protocol is NewProtocol or OldProtocol
            ? protocol
            : throw new KubernetesApiException(
                KubernetesFault.Server, $"no stream to {container}: the server, or a proxy on the way to it, does not speak {OldProtocol} over WebSockets", (int)response.StatusCode);
    }
}
