using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>A client certificate with its key, and the certificates between it and its authority.</summary>
internal sealed class ClientCertificate
{
    private ClientCertificate(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        Context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        Thumbprint = certificate.Thumbprint;
        Expires = certificate.NotAfter.ToUniversalTime();
    }

    /// <summary>What TLS needs.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Tells one certificate from another.</summary>
    public string Thumbprint { get; }

    /// <summary>When servers stop to accept it.</summary>
    public DateTimeOffset Expires { get; }

    /// <summary>Reads both from PEM.</summary>
    /// <param name="certificates">The certificate, perhaps followed by those above it.</param>
    /// <param name="key">Its key, without a password.</param>
    /// <param name="origin">Where they come from, for the message.</param>
    /// <exception cref="KubernetesApiException">They are no such thing.</exception>
    public static ClientCertificate Parse(string certificates, string key, string origin)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificates);
            return new ClientCertificate(X509Certificate2.CreateFromPem(certificates, key), chain);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw new KubernetesApiException(
                KubernetesFault.Configuration, $"the client certificate of {origin} cannot be used: it and its key must be PEM without a password, and belong together");
        }
    }
}
