using System.Collections.Immutable;

namespace AgentDeck.Engine.Configuration;

/// <summary>Containers of docker or podman. What is null is as the dialect has it.</summary>
/// <param name="Name">Its unique name.</param>
/// <param name="Dialect">How the containers are marked: the name of a known dialect.</param>
public sealed record ContainerSourceSpec(string Name, string Dialect) : SourceSpec(Name)
{
    /// <summary>Whose command line is spoken.</summary>
    public ContainerRuntime Runtime { get; init; }

    /// <summary>The runtime's own name, for people and programs.</summary>
    public string RuntimeName => Runtime == ContainerRuntime.Podman ? "podman" : "docker";

    /// <summary>The program that is run and what stands before every argument; never empty.</summary>
    public ImmutableArray<string> Program { get; init; } = ["docker"];

    /// <summary>Which containers: labels, <c>key</c> or <c>key=value</c>, with commas between them.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Which containers by name, with <c>*</c> for anything.</summary>
    public string? Names { get; init; }

    /// <summary>The tmux session in them; empty where there is no tmux.</summary>
    public string? Session { get; init; }

    /// <summary>The user that tmux runs as in them.</summary>
    public string? User { get; init; }

    /// <summary>How many streams are kept open at most.</summary>
    public int MaxStreams { get; init; } = KubernetesSourceSpec.DefaultMaxStreams;

    /// <summary>Compares by content, so that reading an unchanged file again changes nothing.</summary>
    public bool Equals(ContainerSourceSpec? other) =>
        other is not null
        && (Name, Dialect, Runtime, LabelSelector, Names, Session, User, MaxStreams) == (other.Name, other.Dialect, other.Runtime, other.LabelSelector, other.Names, other.Session, other.User, other.MaxStreams)
        && Program.SequenceEqual(other.Program);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Dialect, Runtime, LabelSelector, Names, Session, User, MaxStreams);
}
