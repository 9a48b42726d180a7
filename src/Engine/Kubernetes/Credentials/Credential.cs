namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>Who we are, at one moment. Not a record: it must not print itself.</summary>
/// <param name="authorization">The value of the header, or null for none.</param>
/// <param name="certificate">The client certificate, or null for none.</param>
internal sealed class Credential(string? authorization, ClientCertificate? certificate)
{
    /// <summary>Nobody in particular.</summary>
    public static readonly Credential None = new(null, null);

    /// <summary>The value of the header, or null for none.</summary>
    public string? Authorization => authorization;

    /// <summary>The client certificate, or null for none.</summary>
    public ClientCertificate? Certificate => certificate;

    /// <summary>Whether a server would take both for the same.</summary>
    public bool IsSameAs(Credential other) => authorization == other.Authorization && certificate?.Thumbprint == other.Certificate?.Thumbprint;
}
