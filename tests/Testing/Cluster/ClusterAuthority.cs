using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AgentDeck.Testing.Cluster;

/// <summary>The certificate authority of the cluster, where its key is at hand: signs client certificates.</summary>
public sealed class ClusterAuthority : IDisposable
{
    private readonly X509Certificate2 _authority;

    private ClusterAuthority(X509Certificate2 authority) => _authority = authority;

    /// <summary>Why client certificates cannot be signed, as one line; null when they can.</summary>
    public static string? WhyNot => TestCluster.WhyNot ?? (TestCluster.GivenKubeconfig is { } given && !File.Exists(KeyBeside(given))
        ? "no client certificates to test with: the key of the cluster's authority is not at hand"
        : null);

    /// <summary>Reads it from beside the cluster's kubeconfig.</summary>
    public static ClusterAuthority Of(KubernetesCluster cluster) =>
        new(X509Certificate2.CreateFromPemFile(Path.ChangeExtension(KeyBeside(cluster.Kubeconfig), ".crt"), KeyBeside(cluster.Kubeconfig)));

    /// <summary>A client certificate as PEM with its key as PEM.</summary>
    /// <param name="user">Who it is for.</param>
    /// <param name="group">A group of that user, or null.</param>
    /// <param name="expires">Until when it is valid.</param>
    public (string Certificate, string Key) Sign(string user, string? group = null, DateTimeOffset? expires = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={user}{(group is null ? "" : $", O={group}")}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        var until = expires ?? TimeProvider.System.GetUtcNow().AddHours(1);
        // By way of the generator, because the other way refuses what begins before its authority does.
        using var authorityKey = _authority.GetRSAPrivateKey()!;
        using var certificate = request.Create(
            _authority.SubjectName, X509SignatureGenerator.CreateForRSA(authorityKey, RSASignaturePadding.Pkcs1), until.AddDays(-30), until, RandomNumberGenerator.GetBytes(8));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <inheritdoc/>
    public void Dispose() => _authority.Dispose();

    private static string KeyBeside(string kubeconfig) => Path.Combine(Path.GetDirectoryName(kubeconfig)!, "certificates", "ca.key");
}
