namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>Decides which kubeconfig files count.</summary>
internal static class KubeconfigFiles
{
    /// <summary>
    /// The files in order of precedence: the named ones, which must exist, else those of <c>KUBECONFIG</c> that exist, else
    /// <c>~/.kube/config</c>. Empty when there is none.
    /// </summary>
    /// <param name="named">Paths that somebody named, separated as in <c>PATH</c>; null or empty for none.</param>
    /// <param name="environment">Reads a variable.</param>
    /// <exception cref="KubernetesApiException">A named file does not exist.</exception>
    public static IReadOnlyList<string> Find(string? named, Func<string, string?> environment)
    {
        var home = environment("HOME") is { Length: > 0 } directory ? directory : "/";
        if (Split(named) is { Count: > 0 } wanted)
        {
            var paths = wanted.Select(path => path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..]) : path).ToList();
            return paths.Find(path => !File.Exists(path)) is { } missing
                ? throw new KubernetesApiException(KubernetesFault.Configuration, $"the kubeconfig {missing} does not exist")
                : paths;
        }

        var files = Split(environment("KUBECONFIG"));
        return [.. (files.Count > 0 ? files : [Path.Combine(home, ".kube", "config")]).Where(File.Exists)];
    }

    private static List<string> Split(string? paths) =>
        [.. (paths ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
