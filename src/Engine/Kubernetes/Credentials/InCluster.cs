namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>The cluster that this program itself runs in, as the service account of its pod.</summary>
internal static class InCluster
{
    /// <summary>Where every pod finds its service account.</summary>
    public const string Directory = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Whether this is a pod with a service account.</summary>
    public static bool IsHere(string directory, Func<string, string?> environment) =>
        environment("KUBERNETES_SERVICE_HOST") is { Length: > 0 } && File.Exists(Path.Combine(directory, "token"));

    /// <summary>Reads it.</summary>
    /// <exception cref="KubernetesApiException">A file of the service account cannot be used.</exception>
    public static ClusterAccess Read(string directory, Func<string, string?> environment, TimeProvider time)
    {
        var host = environment("KUBERNETES_SERVICE_HOST")!;
        var port = environment("KUBERNETES_SERVICE_PORT") is { Length: > 0 } given ? given : "443";
        try
        {
            var space = Path.Combine(directory, "namespace");
            return new ClusterAccess
            {
                Server = new Uri($"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}"),
                Namespace = File.Exists(space) ? File.ReadAllText(space).Trim() : "default",
                Trust = new ServerTrust(AccessReader.Authorities(File.ReadAllText(Path.Combine(directory, "ca.crt")), "the pod's service account"), null, trustAnyone: false),
                Credentials = new TokenFileCredentials(Path.Combine(directory, "token"), null, time),
                Origin = "the pod's service account",
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or UriFormatException)
        {
            throw new KubernetesApiException(KubernetesFault.Configuration, $"the pod's service account cannot be used: {failure.Message}");
        }
    }
}
