using System.Collections.Immutable;
using System.Text;

namespace AgentDeck.Engine.Dialects;

/// <summary>The smallest Role with which the deck works, as YAML for <c>kubectl apply -f -</c>. Pure.</summary>
public static class RoleManifest
{
    /// <summary>The names of the dialects.</summary>
    public static ImmutableArray<string> Dialects { get; } = [.. KnownDialects.All.Select(dialect => dialect.Name)];

    /// <summary>Writes a Role and a RoleBinding; for all namespaces a ClusterRole and a ClusterRoleBinding.</summary>
    /// <param name="dialect">The name of a known dialect.</param>
    /// <param name="namespaceName">Where the agents are; null for all namespaces. A valid name of a namespace.</param>
    /// <param name="readOnly">Without whatever could change an agent.</param>
    /// <param name="serviceAccount">Who gets it: a service account of that namespace, or of <c>default</c>.</param>
    public static string Write(string dialect, string? namespaceName, bool readOnly, string serviceAccount)
    {
        var known = KnownDialects.Find(dialect) ?? throw new ArgumentException($"there is no dialect {dialect}", nameof(dialect));
        var prefix = namespaceName is null ? "Cluster" : "";
        var name = readOnly ? "agentdeck-read-only" : "agentdeck";
        var place = namespaceName is null ? "" : $"\n  namespace: {namespaceName}";
        var text = new StringBuilder();
        text.Append(CultureFree($"""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: {prefix}Role
            metadata:
              name: {name}{place}
            rules:

            """));
        foreach (var right in PodRight.Of(known, readOnly))
        {
            text.Append(CultureFree($"""
                # {right.For}
                - apiGroups: ["{right.Kind.Group}"]
                  resources: ["{right.Resource}"]
                  verbs: [{string.Join(", ", right.Verbs.Select(verb => $"\"{verb}\""))}]

                """));
        }

        return text.Append(CultureFree($"""
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: {prefix}RoleBinding
            metadata:
              name: {name}{place}
            subjects:
            # A person instead: kind: User, apiGroup: rbac.authorization.k8s.io, and no namespace.
            - kind: ServiceAccount
              name: {serviceAccount}
              namespace: {namespaceName ?? "default"}
            roleRef:
              apiGroup: rbac.authorization.k8s.io
              kind: {prefix}Role
              name: {name}

            """)).ToString().ReplaceLineEndings("\n");
    }

    private static string CultureFree(FormattableString text) => FormattableString.Invariant(text);
}
