using System.Text;

namespace AgentDeck.Tui.Cli.Serving;

/// <summary>The head of an HTTP/1 request, as far as it matters here. Foreign input.</summary>
/// <param name="Method">For example <c>GET</c>.</param>
/// <param name="Path">The path without a query.</param>
/// <param name="Authorization">The header of that name, or null.</param>
internal sealed record RequestHead(string Method, string Path, string? Authorization)
{
    /// <summary>How many bytes a head may have.</summary>
    public const int Longest = 8192;

    private static ReadOnlySpan<byte> End => "\r\n\r\n"u8;

    /// <summary>Whether the head came to its end.</summary>
    public static bool IsComplete(ReadOnlySpan<byte> received) => received.IndexOf(End) >= 0;

    /// <summary>Reads a complete head; null when it is none of HTTP/1.</summary>
    public static RequestHead? Parse(ReadOnlySpan<byte> received)
    {
        var lines = Encoding.Latin1.GetString(received[..received.IndexOf(End)]).Split("\r\n");
        if (lines[0].Split(' ') is not [{ Length: > 0 } method, ['/', ..] target, "HTTP/1.1" or "HTTP/1.0"])
        {
            return null;
        }

        string? authorization = null;
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                return null;
            }

            if (line.AsSpan(0, colon).Equals("Authorization", StringComparison.OrdinalIgnoreCase))
            {
                authorization = line[(colon + 1)..].Trim();
            }
        }

        return new RequestHead(method, target.Split('?', 2)[0], authorization);
    }
}
