using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>
/// The certificate authorities that a Linux trusts. Before the first TLS connection of a process .NET reads all of them, twice on Debian
/// and for 40 ms, even where only the authority of a kubeconfig counts, which is nearly everywhere. So the program keeps it from that and
/// reads them itself, where kubectl does, for a kubeconfig that names none.
/// </summary>
public static partial class SystemRoots
{
    private const string FileVariable = "SSL_CERT_FILE";
    private const string FolderVariable = "SSL_CERT_DIR";
    private const string Nowhere = "/dev/null/nowhere";

    // Debian, Fedora, openSUSE, RHEL, Alpine; the first that exists holds them all.
    private static readonly string[] Files =
        ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem"];

    private static readonly string[] Folders = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

    /// <summary>Has .NET read none in this process. To be called before there are other threads; what this process starts does not notice.</summary>
    public static void KeepFromRuntime()
    {
        if (OperatingSystem.IsLinux())
        {
            // From this call on .NET has a copy of the environment, which is what it reads and hands to other processes.
            Environment.GetEnvironmentVariables();
            _ = SetVariable(FileVariable, Nowhere, 1);
            _ = SetVariable(FolderVariable, Nowhere, 1);
        }
    }

    /// <summary>Reads them; null where .NET knows better where they are, and where there are none.</summary>
    /// <param name="environment">Reads a variable: <c>SSL_CERT_FILE</c> and <c>SSL_CERT_DIR</c> take the place of the usual files, as for OpenSSL and kubectl.</param>
    internal static X509Certificate2Collection? Read(Func<string, string?> environment)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var file = environment(FileVariable) is { Length: > 0 } named ? named : Files.FirstOrDefault(File.Exists);
        string[] folders = environment(FolderVariable) is { Length: > 0 } list ? list.Split(':') : Folders;
        var roots = new X509Certificate2Collection();
        foreach (var path in folders.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles).Prepend(file))
        {
            if (path is not null)
            {
                Add(roots, path);
            }
        }

        return roots.Count > 0 ? roots : null;
    }

    // What cannot be read is none; one bad certificate spoils no other.
    private static void Add(X509Certificate2Collection roots, string path)
    {
        try
        {
            var rest = File.ReadAllText(path).AsSpan();
            while (PemEncoding.TryFind(rest, out var fields))
            {
                AddOne(roots, rest[fields.Location]);
                rest = rest[fields.Location.End..];
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static void AddOne(X509Certificate2Collection roots, ReadOnlySpan<char> pem)
    {
        try
        {
            roots.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
