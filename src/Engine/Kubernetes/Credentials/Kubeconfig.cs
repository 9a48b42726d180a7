namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>
/// One or more kubeconfig files merged as kubectl does: of each name and of the current context the first one counts
/// (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/). Each entry keeps its file, to which
/// its paths are relative.
/// </summary>
internal sealed class Kubeconfig
{
    private readonly Dictionary<string, YamlSection> _clusters = [];
    private readonly Dictionary<string, YamlSection> _users = [];
    private readonly Dictionary<string, YamlSection> _contexts = [];

    private Kubeconfig(string files) => Files = files;

    /// <summary>The files as a message names them.</summary>
    public string Files { get; }

    /// <summary>The context that is used when none is named; null when there is none.</summary>
    public string? CurrentContext { get; private set; }

    /// <summary>The names of all contexts.</summary>
    public IReadOnlyCollection<string> Contexts => _contexts.Keys;

    /// <summary>Reads files and merges them.</summary>
    /// <exception cref="KubernetesApiException">One cannot be read.</exception>
    public static Kubeconfig Load(IReadOnlyList<string> files)
    {
        var merged = new Kubeconfig(string.Join(", ", files));
        foreach (var file in files)
        {
            var root = YamlSection.Load(Path.GetFullPath(file));
            merged.CurrentContext ??= root.Text("current-context");
            Add(merged._clusters, root, "clusters", "cluster");
            Add(merged._users, root, "users", "user");
            Add(merged._contexts, root, "contexts", "context");
        }

        return merged;
    }

    /// <summary>A context by its name.</summary>
    public YamlSection Context(string name) => _contexts.GetValueOrDefault(name) ?? throw new KubernetesApiException(
        KubernetesFault.Configuration, $"there is no context {name} in {Files}; kubectl config get-contexts lists those that exist");

    /// <summary>A cluster by its name.</summary>
    public YamlSection Cluster(string name, string context) => _clusters.GetValueOrDefault(name) ?? throw Missing("cluster", name, context);

    /// <summary>A user by its name.</summary>
    public YamlSection User(string name, string context) => _users.GetValueOrDefault(name) ?? throw Missing("user", name, context);

    private static void Add(Dictionary<string, YamlSection> entries, YamlSection root, string list, string body)
    {
        foreach (var item in root.Sections(list))
        {
            if (item.Text("name") is { } name)
            {
                entries.TryAdd(name, item.Section(body) ?? item with { Node = [] });
            }
        }
    }

    private KubernetesApiException Missing(string what, string name, string context) => new(
        KubernetesFault.Configuration, $"the context {context} names the {what} {name}, which {Files} does not have; correct the context or add the {what}");
}
