using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Dialects;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>What a source of pods was told.</summary>
/// <param name="Spec">Its declaration, with the environment's overrides.</param>
/// <param name="Dialect">How its pods are marked.</param>
/// <param name="Layout">Where things are in them.</param>
internal sealed record PodSourceSettings(KubernetesSourceSpec Spec, IDialect Dialect, DialectLayout Layout)
{
    /// <summary>Whether agents of different namespaces may have the same name.</summary>
    public bool SpansNamespaces => Spec.AllNamespaces || Spec.Namespaces.Length > 1;
}
