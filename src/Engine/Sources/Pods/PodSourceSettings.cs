using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources.Pods.Starting;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>What a source of pods was told.</summary>
/// <param name="Spec">Its declaration, with the environment's overrides.</param>
/// <param name="Dialect">How its pods are marked.</param>
/// <param name="Layout">Where things are in them.</param>
internal sealed record PodSourceSettings(KubernetesSourceSpec Spec, IDialect Dialect, DialectLayout Layout)
{
    /// <summary>The rules by which screens are judged.</summary>
    public DetectionInForce Detection { get; init; } = new();

    /// <summary>Whether agents of different namespaces may have the same name.</summary>
    public bool SpansNamespaces => Spec.AllNamespaces || Spec.Namespaces.Length > 1;

    /// <summary>The hashes of what is declared for it; null where no pods are made.</summary>
    public SpecHashes? Hashes { get; } = Dialect is GasCityDialect ? new SpecHashes(Spec.GasCityPods ?? new GasCityPodSettings()) : null;

    /// <summary>The agent of that name in that namespace.</summary>
    /// <param name="namespaceName">The namespace.</param>
    /// <param name="group">The group inside which its system names agents; may be empty.</param>
    /// <param name="name">The name.</param>
    public AgentId IdOf(string namespaceName, string group, string name) =>
        new(Spec.Name, string.Join('/', new[] { SpansNamespaces ? namespaceName : "", group }.Where(part => part.Length > 0)), name);
}
