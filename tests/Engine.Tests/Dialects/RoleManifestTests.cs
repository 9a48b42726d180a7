using AgentDeck.Engine.Dialects;

namespace AgentDeck.Engine.Tests.Dialects;

public sealed class RoleManifestTests
{
    [Fact]
    public void A_role_has_what_the_deck_needs_and_no_more() => Assert.Equal(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: agentdeck
          namespace: gc
        rules:
        # see agents come, change and go
        - apiGroups: [""]
          resources: ["pods"]
          verbs: ["list", "watch"]
        # read logs
        - apiGroups: [""]
          resources: ["pods/log"]
          verbs: ["get"]
        # see screens, nudge, interrupt, attach
        - apiGroups: [""]
          resources: ["pods/exec"]
          verbs: ["create", "get"]
        # start and stop agents
        - apiGroups: [""]
          resources: ["pods"]
          verbs: ["create", "delete"]
        # tell other engines which agents were stopped on purpose
        - apiGroups: [""]
          resources: ["pods"]
          verbs: ["patch"]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: agentdeck
          namespace: gc
        subjects:
        # A person instead: kind: User, apiGroup: rbac.authorization.k8s.io, and no namespace.
        - kind: ServiceAccount
          name: deck
          namespace: gc
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role
          name: agentdeck

        """,
        RoleManifest.Write("gascity", "gc", readOnly: false, "deck"));

    [Fact]
    public void A_read_only_role_can_change_nothing()
    {
        foreach (var dialect in RoleManifest.Dialects)
        {
            var role = RoleManifest.Write(dialect, "gc", readOnly: true, "deck");

            Assert.DoesNotContain("exec", role, StringComparison.Ordinal);
            Assert.DoesNotContain("delete", role, StringComparison.Ordinal);
            Assert.DoesNotContain("patch", role, StringComparison.Ordinal);
            Assert.Contains("pods/log", role, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Pods_are_marked_only_where_engines_start_them() => Assert.All(
        RoleManifest.Dialects,
        dialect => Assert.Equal(
            dialect == "gascity",
            RoleManifest.Write(dialect, "gc", readOnly: false, "deck").Contains("resources: [\"pods\"]\n  verbs: [\"patch\"]", StringComparison.Ordinal)));

    [Fact]
    public void Sessions_of_the_ambient_platform_are_custom_resources() => Assert.Contains(
        """
        - apiGroups: ["vteam.ambient-code"]
          resources: ["agenticsessions"]
          verbs: ["list", "watch", "patch"]
        """,
        RoleManifest.Write("ambient", "gc", readOnly: false, "deck"),
        StringComparison.Ordinal);

    [Fact]
    public void For_all_namespaces_it_is_a_cluster_role()
    {
        var role = RoleManifest.Write("plain", null, readOnly: false, "deck");

        Assert.Contains("kind: ClusterRole\nmetadata:\n  name: agentdeck\nrules:", role, StringComparison.Ordinal);
        Assert.Contains("kind: ClusterRoleBinding", role, StringComparison.Ordinal);
        Assert.Contains("  namespace: default\n", role, StringComparison.Ordinal);
    }
}
