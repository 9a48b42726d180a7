using AgentDeck.Engine.Dialects;

namespace AgentDeck.Engine.Configuration;

/// <summary>
/// The variables by which Gas City itself is told where its pods are. They win over the file, as in Gas City. An empty variable
/// is not set. The deprecated address of its database (<c>GC_K8S_DOLT_*</c>) is none of ours.
/// </summary>
public static class GasCityEnvironment
{
    /// <summary>The source with what the environment says; every other dialect is left as it is.</summary>
    /// <param name="spec">The source as the file has it.</param>
    /// <param name="variable">The value of an environment variable, or null.</param>
    public static KubernetesSourceSpec Apply(KubernetesSourceSpec spec, Func<string, string?> variable)
    {
        if (spec.Dialect != GasCityDialect.Word || spec.IgnoresEnvironment)
        {
            return spec;
        }

        string? Set(string name) => variable(name) is { Length: > 0 } value ? value : null;
        var pods = spec.GasCityPods ?? new GasCityPodSettings();
        var named = Set("GC_K8S_NAMESPACE");
        return spec with
        {
            Context = Set("GC_K8S_CONTEXT") ?? spec.Context,
            Namespaces = named is not null ? [named] : spec is { Namespaces.IsEmpty: true, AllNamespaces: false } ? [GasCityDialect.DefaultNamespace] : spec.Namespaces,
            AllNamespaces = spec.AllNamespaces && named is null,
            GasCityPods = new GasCityPodSettings(
                Set("GC_K8S_IMAGE") ?? pods.Image,
                Set("GC_K8S_SERVICE_ACCOUNT") ?? pods.ServiceAccount,
                Set("GC_K8S_CPU_REQUEST") ?? pods.CpuRequest,
                Set("GC_K8S_MEM_REQUEST") ?? pods.MemoryRequest,
                Set("GC_K8S_CPU_LIMIT") ?? pods.CpuLimit,
                Set("GC_K8S_MEM_LIMIT") ?? pods.MemoryLimit,
                Set("GC_K8S_PREBAKED") is { } prebaked ? prebaked == "true" : pods.Prebaked),
        };
    }
}
