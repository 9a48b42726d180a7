using System.Text;

namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>Texts that go into a request's header.</summary>
internal static class CredentialText
{
    /// <summary>A token without the space around it.</summary>
    /// <param name="text">As it was found.</param>
    /// <param name="origin">Where, for the message.</param>
    /// <exception cref="KubernetesApiException">It is empty or has a character that no header may have.</exception>
    public static string Token(string text, string origin)
    {
        var token = text.Trim();
        return token.Length == 0 ? throw Unusable("the token", origin, "is empty") : HeaderValue(token, "the token", origin);
    }

    /// <summary>A user and a password as the header has them.</summary>
    public static string Basic(string user, string password) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";

    /// <summary>A text that may stand in a header.</summary>
    /// <exception cref="KubernetesApiException">It has a character that no header may have.</exception>
    public static string HeaderValue(string text, string what, string origin) =>
        text.Any(character => character is < ' ' or > '~')
            ? throw Unusable(what, origin, "has characters that a request cannot carry")
            : text;

    private static KubernetesApiException Unusable(string what, string origin, string why) =>
        new(KubernetesFault.Configuration, $"{what} of {origin} {why}");
}
