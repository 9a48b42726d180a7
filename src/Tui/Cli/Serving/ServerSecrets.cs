using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AgentDeck.Tui.Cli.Serving;

/// <summary>What makes a server more than a plain one for everybody.</summary>
/// <param name="Certificate">Its certificate with key; null for no TLS.</param>
/// <param name="Token">What callers must show; null for nothing.</param>
internal sealed record ServerSecrets(X509Certificate2? Certificate, string? Token) : IDisposable
{
    /// <summary>The variable that holds the token.</summary>
    public const string TokenVariable = "AGENTDECK_LISTEN_TOKEN";

    /// <summary>Reads them.</summary>
    /// <param name="certificate">The file of the certificate in PEM, or null.</param>
    /// <param name="key">The file of its key in PEM, or null.</param>
    /// <param name="token">The token, or null or empty.</param>
    /// <exception cref="CliException">They cannot be used.</exception>
    public static ServerSecrets Read(string? certificate, string? key, string? token)
    {
        if (certificate is null != key is null)
        {
            throw new CliException(ExitCode.Usage, "--tls-cert and --tls-key go together");
        }

        try
        {
            return new ServerSecrets(certificate is null ? null : X509Certificate2.CreateFromPemFile(certificate, key), token is { Length: > 0 } ? token : null);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CliException(ExitCode.Usage, $"--tls-cert and --tls-key cannot be used: {VerbContext.Plain(failure.Message)}");
        }
    }

    /// <summary>Whether an <c>Authorization</c> header shows the token. How long that takes tells nothing of it.</summary>
    public bool Admits(string? authorization) =>
        Token is null || CryptographicOperations.FixedTimeEquals(Hash($"Bearer {Token}"), Hash(authorization ?? ""));

    /// <inheritdoc/>
    public void Dispose() => Certificate?.Dispose();

    // Of one length, so that not even that is told.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
