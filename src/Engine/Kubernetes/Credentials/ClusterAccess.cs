using System.Collections.Immutable;

namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>All that is needed to talk to one cluster as one user. Prints no secrets.</summary>
internal sealed class ClusterAccess
{
    /// <summary>The server's address, with a path when it has one; without a slash at the end.</summary>
    public required Uri Server { get; init; }

    /// <summary>The namespace of the context.</summary>
    public required string Namespace { get; init; }

    /// <summary>Whom to believe that he is the server.</summary>
    public required ServerTrust Trust { get; init; }

    /// <summary>Who we are.</summary>
    public required ICredentialSource Credentials { get; init; }

    /// <summary>The proxy on the way, with its own user and password when it has them; null for that of the environment.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Headers that ask to act as somebody else.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Impersonation { get; init; } = [];

    /// <summary>Where this was read, for messages: <c>user admin of /home/ann/.kube/config</c>.</summary>
    public required string Origin { get; init; }
}
