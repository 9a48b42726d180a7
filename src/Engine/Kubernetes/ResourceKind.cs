namespace AgentDeck.Engine.Kubernetes;

/// <summary>A kind of object and where the API keeps it.</summary>
/// <param name="Group">The API group; empty for the core.</param>
/// <param name="Version">Its version, for example <c>v1</c>.</param>
/// <param name="Plural">The word in the path, for example <c>pods</c>.</param>
internal sealed record ResourceKind(string Group, string Version, string Plural)
{
    /// <summary>Pods.</summary>
    public static readonly ResourceKind Pods = new("", "v1", "pods");

    /// <summary>Config maps.</summary>
    public static readonly ResourceKind ConfigMaps = new("", "v1", "configmaps");

    /// <summary>Events about objects.</summary>
    public static readonly ResourceKind Events = new("", "v1", "events");

    /// <summary>Leases, by which one of several writers is chosen.</summary>
    public static readonly ResourceKind Leases = new("coordination.k8s.io", "v1", "leases");

    /// <summary>The path below the server's address: <c>/api/v1/namespaces/gc/pods/mayor</c>.</summary>
    /// <param name="namespaceName">The namespace, or null for all of them.</param>
    /// <param name="name">The object, or null for the collection.</param>
    public string Path(string? namespaceName, string? name)
    {
        var root = Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";
        var scope = namespaceName is null ? "" : $"/namespaces/{Uri.EscapeDataString(namespaceName)}";
        return name is null ? $"{root}{scope}/{Plural}" : $"{root}{scope}/{Plural}/{Uri.EscapeDataString(name)}";
    }

    /// <inheritdoc/>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
