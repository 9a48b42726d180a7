using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace AgentDeck.Tui.Cli.Serving;

/// <summary>Where a server of ours listens, as an operator writes it: <c>127.0.0.1:9464</c>, <c>[::1]:9464</c>, <c>localhost:9464</c>.</summary>
internal static class ListenAddress
{
    /// <summary>Reads an address with its port. Names other than <c>localhost</c> are not looked up: what they mean may change.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? address)
    {
        address = null;
        var spelled = text.StartsWith("localhost:", StringComparison.Ordinal) ? $"127.0.0.1:{text["localhost:".Length..]}" : text;
        // Without a port it would be any; an IPv6 address without brackets has none.
        if (!spelled.Contains(':', StringComparison.Ordinal) || (spelled.AsSpan().Count(':') > 1 && !spelled.Contains("]:", StringComparison.Ordinal)))
        {
            return false;
        }

        return IPEndPoint.TryParse(spelled, out address);
    }

    /// <summary>Why a server may not listen there, as a sentence; null when it may.</summary>
    /// <param name="address">Where.</param>
    /// <param name="isEncrypted">Whether it has a certificate.</param>
    /// <param name="hasToken">Whether callers must show a token.</param>
    public static string? WhyNot(IPEndPoint address, bool isEncrypted, bool hasToken) =>
        IPAddress.IsLoopback(address.Address) || (isEncrypted && hasToken)
            ? null
            : $"{address} can be reached from other machines: that needs --tls-cert, --tls-key and a token in AGENTDECK_LISTEN_TOKEN";
}
