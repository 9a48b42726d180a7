using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>Decides whether a server is the one that was meant, and remembers why not.</summary>
/// <param name="authorities">Who may vouch for it; null for those of this machine.</param>
/// <param name="serverName">The name that its certificate must have; null for that of its address.</param>
/// <param name="trustAnyone">Asks for no certificate at all; only because the kubeconfig says so.</param>
internal sealed class ServerTrust(X509Certificate2Collection? authorities, string? serverName, bool trustAnyone)
{
    /// <summary>The name that its certificate must have; null for that of its address.</summary>
    public string? ServerName => serverName;

    /// <summary>Why the last server was not accepted, as a clause; null when none was refused.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Sets up a connection's TLS.</summary>
    public void Apply(SslClientAuthenticationOptions options)
    {
        options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Accepts(certificate, chain, errors);
        options.CertificateChainPolicy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        if (authorities is not null)
        {
            options.CertificateChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }
    }

    private bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.RemoteCertificateChainErrors && chain is not null && EndsAtAuthority(chain))
        {
            errors = SslPolicyErrors.None;
        }

        if (errors == SslPolicyErrors.None || trustAnyone)
        {
            return true;
        }

        Refusal = certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)
            ? "it has no certificate"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? "its certificate is for another name; correct server or tls-server-name"
            : chain?.ChainStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)) == true
            ? "its certificate is expired or not valid yet"
            : "its certificate is not signed by the certificate authority of the kubeconfig";
        return false;
    }

    // An authority need not be self-signed: one between the root and the server may be given alone, as other clients allow.
    private bool EndsAtAuthority(X509Chain chain) =>
        authorities is not null
        && chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.PartialChain)
        && chain.ChainElements.Any(element => authorities.Any(authority => authority.RawDataMemory.Span.SequenceEqual(element.Certificate.RawDataMemory.Span)));
}
