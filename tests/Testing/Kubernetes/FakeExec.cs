using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;
using Microsoft.AspNetCore.Http;

namespace AgentDeck.Testing.Kubernetes;

/// <summary>Runs commands on this machine as the kubelet would in a container, over a WebSocket.</summary>
public sealed class FakeExec(FakeApiServer server)
{
    /// <summary>The protocols that it knows; only the first two that the client knows too count.</summary>
    public string[] Protocols { get; set; } = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

    /// <summary>What to do instead with each open socket; the connection ends after it, without a farewell of WebSockets.</summary>
    public Func<WebSocket, Task>? Instead { get; set; }

    /// <summary>Answers one request.</summary>
    internal async Task RunAsync(HttpContext context)
    {
        var protocol = Protocols.FirstOrDefault(context.WebSockets.WebSocketRequestedProtocols.Contains);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(protocol);
        if (Instead is { } instead)
        {
            await instead(socket);
            return;
        }

        var query = context.Request.Query;
        var words = query["command"].Select(word => word!).ToArray();
        var input = new Queue<byte[]>();
        Size? terminal = query["tty"] == "true" ? await FirstSizeAsync(socket, input) : null;
        ICommandStream command;
        try
        {
            command = await new LocalTransport(TimeProvider.System).OpenAsync(new CommandSpec { Program = words[0], Arguments = [.. words[1..]], Terminal = terminal }, server.Stopping);
        }
        catch (TransportException failure)
        {
            await EndAsync(socket, FakeAnswers.Status(500, "InternalError", failure.Message).ToJsonString());
            return;
        }

        await using (command)
        {
            var receiving = ReceiveAsync(socket, command, input);
            await Task.WhenAll(CopyAsync(command.Output, socket, 1), CopyAsync(command.Error, socket, 2));
            var code = await command.ExitCode;
            await EndAsync(socket, code == 0
                ? """{"metadata":{},"status":"Success"}"""
                : $$$"""{"metadata":{},"status":"Failure","reason":"NonZeroExitCode","message":"command terminated","details":{"causes":[{"reason":"ExitCode","message":"{{{code}}}"}]}}""");
            await receiving;
        }
    }

    /// <summary>Sends one message on a channel.</summary>
    public static Task SendAsync(WebSocket socket, byte channel, byte[] data) =>
        socket.SendAsync((byte[])[channel, .. data], WebSocketMessageType.Binary, true, CancellationToken.None);

    private static async Task EndAsync(WebSocket socket, string status)
    {
        try
        {
            await SendAsync(socket, 3, Encoding.UTF8.GetBytes(status));
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The client went first.
        }
    }

    private async Task<Size> FirstSizeAsync(WebSocket socket, Queue<byte[]> input)
    {
        while (true)
        {
            var message = await MessageAsync(socket) ?? throw new IOException("the client went before it told the size");
            if (message[0] == 4)
            {
                return SizeOf(message);
            }

            input.Enqueue(message);
        }
    }

    private async Task ReceiveAsync(WebSocket socket, ICommandStream command, Queue<byte[]> input)
    {
        while ((input.TryDequeue(out var waiting) ? waiting : await MessageAsync(socket)) is { } message)
        {
            switch (message[0])
            {
                case 0:
                    await command.Input.WriteAsync(message.AsMemory(1));
                    await command.Input.FlushAsync();
                    break;
                case 4:
                    await command.ResizeAsync(SizeOf(message), server.Stopping);
                    break;
                case 255 when socket.SubProtocol == "v5.channel.k8s.io":
                    await command.Input.DisposeAsync();
                    break;
                default:
                    break;
            }
        }

        await command.DisposeAsync();
    }

    private static Size SizeOf(byte[] message)
    {
        using var size = JsonDocument.Parse(message.AsMemory(1));
        return new Size(size.RootElement.GetProperty("Width").GetInt32(), size.RootElement.GetProperty("Height").GetInt32());
    }

    private async Task CopyAsync(Stream from, WebSocket to, byte channel)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            int count;
            while ((count = await from.ReadAsync(buffer, server.Stopping)) > 0)
            {
                lock (to)
                {
                    SendAsync(to, channel, buffer[..count]).GetAwaiter().GetResult();
                }
            }
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or ObjectDisposedException)
        {
            // Either side went.
        }
    }

    private async Task<byte[]?> MessageAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), server.Stopping);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                if (part.EndOfMessage && length > 0)
                {
                    return buffer[..length];
                }
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException)
        {
            return null;
        }
    }
}
