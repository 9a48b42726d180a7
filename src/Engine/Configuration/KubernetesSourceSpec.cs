using System.Collections.Immutable;

namespace AgentDeck.Engine.Configuration;

/// <summary>Pods of a cluster. What is null is as the dialect, or the kubeconfig, has it.</summary>
/// <param name="Name">Its unique name.</param>
/// <param name="Dialect">How the pods are marked: the name of a known dialect.</param>
public sealed record KubernetesSourceSpec(string Name, string Dialect) : SourceSpec(Name)
{
    /// <summary>How many streams are kept open at most when the file says nothing.</summary>
    public const int DefaultMaxStreams = 256;

    /// <summary>The context of the kubeconfig, or null for its current one.</summary>
    public string? Context { get; init; }

    /// <summary>The absolute path of the kubeconfig, or null for the usual places.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The namespaces that are watched; empty for the context's own.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>Whether every namespace is watched.</summary>
    public bool AllNamespaces { get; init; }

    /// <summary>Which pods, as the API spells it.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>The agent's container.</summary>
    public string? Container { get; init; }

    /// <summary>The tmux session in it; empty where there is no tmux.</summary>
    public string? Session { get; init; }

    /// <summary>How many streams are kept open at most.</summary>
    public int MaxStreams { get; init; } = DefaultMaxStreams;

    /// <summary>How pods are made; null unless the dialect is Gas City's.</summary>
    public GasCityPodSettings? GasCityPods { get; init; }

    /// <summary>Whether the environment was taken into account already and must not be again: the command line has the last word.</summary>
    public bool IgnoresEnvironment { get; init; }

    /// <summary>Compares by content, so that reading an unchanged file again changes nothing.</summary>
    public bool Equals(KubernetesSourceSpec? other) =>
        other is not null
        && (Name, Dialect, Context, Kubeconfig, AllNamespaces, LabelSelector, Container) == (other.Name, other.Dialect, other.Context, other.Kubeconfig, other.AllNamespaces, other.LabelSelector, other.Container)
        && (Session, MaxStreams, GasCityPods, IgnoresEnvironment, Apply) == (other.Session, other.MaxStreams, other.GasCityPods, other.IgnoresEnvironment, other.Apply)
        && Namespaces.SequenceEqual(other.Namespaces);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Dialect, Context, Kubeconfig, AllNamespaces, LabelSelector, Container, Session);
}
