using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AgentDeck.Testing.Kubernetes;

/// <summary>A certificate authority of the test's own. Its certificates name localhost and 127.0.0.1.</summary>
public sealed class TestCertificates : IDisposable
{
    private readonly X509Certificate2 _authority;

    /// <summary>Creates an authority.</summary>
    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(130));
    }

    /// <summary>The authority as PEM.</summary>
    public string Authority => _authority.ExportCertificatePem();

    /// <summary>A certificate as PEM with its key as PEM.</summary>
    /// <param name="name">Its common name.</param>
    /// <param name="expires">Until when it is valid; long if not given.</param>
    /// <param name="host">The only name of a server that it is for; localhost and 127.0.0.1 if not given.</param>
    public (string Certificate, string Key) Sign(string name, DateTimeOffset? expires = null, string? host = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host ?? "localhost");
        if (host is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(_authority, DateTimeOffset.UnixEpoch.AddDays(1), expires ?? DateTimeOffset.UnixEpoch.AddYears(129), RandomNumberGenerator.GetBytes(8));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <inheritdoc/>
    public void Dispose() => _authority.Dispose();
}
