using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace AgentDeck.Tui.Cli.Serving;

/// <summary>Asks a <see cref="StatusServer"/> for one page, from beside it: for probes that run a command.</summary>
internal static class StatusProbe
{
    private const int Longest = 1 << 20;

    /// <summary>Asks.</summary>
    /// <param name="address">Where it listens; an address of all interfaces means this machine.</param>
    /// <param name="path">Which page.</param>
    /// <param name="secrets">The certificate that it must have, and the token to show.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer; status 503 with the reason when there was none.</returns>
    public static async Task<StatusAnswer> AskAsync(IPEndPoint address, string path, ServerSecrets secrets, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient(address.AddressFamily);
            await client.ConnectAsync(Near(address), cancellationToken);
            await using var plain = client.GetStream();
            await using var stream = await SecureAsync(plain, secrets, cancellationToken);
            var authorization = secrets.Token is { } token ? $"Authorization: Bearer {token}\r\n" : "";
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address}\r\n{authorization}\r\n"), cancellationToken);
            return Parse(await ReadAsync(stream, cancellationToken));
        }
        catch (Exception failure) when (failure is SocketException or IOException or AuthenticationException)
        {
            return new StatusAnswer(503, $"no engine answers on {address}: {VerbContext.Plain(failure.Message)}\n");
        }
    }

    private static IPEndPoint Near(IPEndPoint address) =>
        address.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, address.Port)
        : address.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, address.Port)
        : address;

    // The certificate is known, so its name and who signed it say nothing more.
    private static async Task<Stream> SecureAsync(NetworkStream plain, ServerSecrets secrets, CancellationToken cancellationToken)
    {
        if (secrets.Certificate is not { } expected)
        {
            return plain;
        }

        var secure = new SslStream(plain, leaveInnerStreamOpen: true);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(expected.RawData),
            },
            cancellationToken);
        return secure;
    }

    private static async Task<string> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var answer = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while (answer.Length < Longest && (read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            answer.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    private static StatusAnswer Parse(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end > 0 && answer.Split(' ', 3) is ["HTTP/1.1", var code, _] && int.TryParse(code, out var status)
            ? new StatusAnswer(status, answer[(end + 4)..])
            : new StatusAnswer(503, "what answers there is no engine\n");
    }
}
