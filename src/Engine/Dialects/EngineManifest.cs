using System.Text;

namespace AgentDeck.Engine.Dialects;

/// <summary>What a cluster needs to run the engine in itself, as YAML for <c>kubectl apply -f -</c>. Pure.</summary>
public static class EngineManifest
{
    /// <summary>The name of everything in it, and of the config map with <c>agents.toml</c>.</summary>
    public const string Name = "agentdeck-engine";

    /// <summary>Writes a ServiceAccount, a Role, a RoleBinding and a Deployment of two, of which one leads.</summary>
    /// <param name="dialect">The name of a known dialect.</param>
    /// <param name="namespaceName">Where the agents are, and where it runs. A valid name of a namespace.</param>
    /// <param name="image">An image with <c>agentdeck</c> in its <c>PATH</c>; without characters that YAML would take for its own.</param>
    public static string Write(string dialect, string namespaceName, string image)
    {
        var known = KnownDialects.Find(dialect) ?? throw new ArgumentException($"there is no dialect {dialect}", nameof(dialect));
        var rules = new StringBuilder();
        foreach (var right in PodRight.Of(known, readOnly: false).Concat(PodRight.Leading))
        {
            rules.Append(FormattableString.Invariant($"""
                # {right.For}
                - apiGroups: ["{right.Kind.Group}"]
                  resources: ["{right.Resource}"]
                  verbs: [{string.Join(", ", right.Verbs.Select(verb => $"\"{verb}\""))}]

                """));
        }

        return FormattableString.Invariant($"""
            # The fleet: kubectl -n {namespaceName} create configmap {Name} --from-file=agents.toml
            apiVersion: v1
            kind: ServiceAccount
            metadata:
              name: {Name}
              namespace: {namespaceName}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata:
              name: {Name}
              namespace: {namespaceName}
            rules:
            {rules}---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata:
              name: {Name}
              namespace: {namespaceName}
            subjects:
            - kind: ServiceAccount
              name: {Name}
              namespace: {namespaceName}
            roleRef:
              apiGroup: rbac.authorization.k8s.io
              kind: Role
              name: {Name}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {Name}
              namespace: {namespaceName}
              labels:
                app.kubernetes.io/name: {Name}
            spec:
              # One leads, the other takes over.
              replicas: 2
              selector:
                matchLabels:
                  app.kubernetes.io/name: {Name}
              template:
                metadata:
                  labels:
                    app.kubernetes.io/name: {Name}
                spec:
                  serviceAccountName: {Name}
                  # 5 s to finish what began, 2 s to give the lease back, and some more.
                  terminationGracePeriodSeconds: 15
                  securityContext:
                    runAsNonRoot: true
                    runAsUser: 65532
                    runAsGroup: 65532
                    fsGroup: 65532
                    seccompProfile:
                      type: RuntimeDefault
                  containers:
                  - name: engine
                    image: "{image}"
                    command: ["agentdeck", "run", "--config", "/etc/agentdeck/agents.toml", "-n", "{namespaceName}"]
                    env:
                    - name: AGENTDECK_LOG_STDOUT
                      value: "1"
                    - name: HOME
                      value: /state
                    - name: XDG_STATE_HOME
                      value: /state
                    - name: TMPDIR
                      value: /state
                    # It listens on loopback, which the kubelet cannot reach: probes ask from inside.
                    startupProbe:
                      exec:
                        command: ["agentdeck", "run", "--probe", "healthz"]
                      periodSeconds: 2
                      timeoutSeconds: 5
                      failureThreshold: 30
                    livenessProbe:
                      exec:
                        command: ["agentdeck", "run", "--probe", "healthz"]
                      periodSeconds: 30
                      timeoutSeconds: 5
                    readinessProbe:
                      exec:
                        command: ["agentdeck", "run", "--probe", "readyz"]
                      periodSeconds: 15
                      timeoutSeconds: 5
                    resources:
                      requests:
                        cpu: 50m
                        memory: 128Mi
                      limits:
                        cpu: "1"
                        memory: 384Mi
                    securityContext:
                      allowPrivilegeEscalation: false
                      readOnlyRootFilesystem: true
                      capabilities:
                        drop: ["ALL"]
                    volumeMounts:
                    - name: fleet
                      mountPath: /etc/agentdeck
                      readOnly: true
                    - name: state
                      mountPath: /state
                  volumes:
                  - name: fleet
                    configMap:
                      name: {Name}
                  - name: state
                    emptyDir:
                      sizeLimit: 64Mi

            """).ReplaceLineEndings("\n");
    }
}
