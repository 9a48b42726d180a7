using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources.Pods.Starting;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>What a source of pods, or of containers that stand alone, was told.</summary>
/// <param name="Spec">Its declaration, with the environment's overrides.</param>
/// <param name="Dialect">How its pods are marked.</param>
/// <param name="Layout">Where things are in them.</param>
internal sealed record PodSourceSettings(SourceSpec Spec, IDialect Dialect, DialectLayout Layout)
{
    /// <summary>The settings of a source of containers that stand alone.</summary>
    public static PodSourceSettings OfContainers(ContainerSourceSpec spec)
    {
        var dialect = KnownDialects.FindOfContainers(spec.Dialect)!;
        var layout = dialect.Layout.With(spec.LabelSelector, null, spec.Session);
        return new PodSourceSettings(spec, dialect, layout with { User = spec.User ?? layout.User });
    }

    /// <summary>The declaration of a source of pods in a cluster; null when its containers stand alone.</summary>
    public KubernetesSourceSpec? Cluster => Spec as KubernetesSourceSpec;

    /// <summary>What agents run in, in a word for people.</summary>
    public string Thing => Cluster is null ? "container" : "pod";

    /// <summary>How many streams are kept open at most.</summary>
    public int MaxStreams { get; } = Spec switch { KubernetesSourceSpec pods => pods.MaxStreams, ContainerSourceSpec containers => containers.MaxStreams, _ => 0 };

    /// <summary>The rules by which screens are judged.</summary>
    public DetectionInForce Detection { get; init; } = new();

    /// <summary>What an agent had written of itself when an engine last read it, or null.</summary>
    public Func<AgentId, AgentReport?> RecallReport { get; init; } = static _ => null;

    /// <summary>How an engine before this one knew an agent, or null.</summary>
    public Func<AgentId, PhaseJudgement?> RecallPhase { get; init; } = static _ => null;

    /// <summary>Whether agents of different namespaces may have the same name.</summary>
    public bool SpansNamespaces => Cluster is { } cluster && (cluster.AllNamespaces || cluster.Namespaces.Length > 1);

    /// <summary>The hashes of what is declared for it; null where no pods are made.</summary>
    public SpecHashes? Hashes { get; } = Dialect is GasCityDialect ? new SpecHashes((Spec as KubernetesSourceSpec)?.GasCityPods ?? new GasCityPodSettings()) : null;

    /// <summary>The agent of that name in that namespace.</summary>
    /// <param name="namespaceName">The namespace.</param>
    /// <param name="group">The group inside which its system names agents; may be empty.</param>
    /// <param name="name">The name.</param>
    public AgentId IdOf(string namespaceName, string group, string name) =>
        new(Spec.Name, string.Join('/', new[] { SpansNamespaces ? namespaceName : "", group }.Where(part => part.Length > 0)), name);
}
