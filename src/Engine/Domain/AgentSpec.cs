using System.Collections.Immutable;

namespace AgentDeck.Engine.Domain;

/// <summary>What <c>agents.toml</c> declares about one agent.</summary>
/// <param name="Name">The agent's name, which is also its session's name.</param>
/// <param name="Source">The source that runs it.</param>
/// <param name="Command">A shell command line, run by <c>sh -c</c>; empty where the source has one of its own.</param>
/// <param name="Directory">Working directory: absolute on this machine; for a pod as the operator wrote it, empty for its work space.</param>
/// <param name="Environment">Additional variables. Values may be secrets: never log or show them.</param>
/// <param name="Desired">Whether it should run.</param>
/// <param name="Restart">What follows when it ends by itself.</param>
/// <param name="InterruptKey">tmux key name that interrupts it, or null for the default of its command.</param>
public sealed record AgentSpec(
    string Name,
    string Source,
    string Command,
    string Directory,
    ImmutableDictionary<string, string> Environment,
    DesiredState Desired,
    RestartPolicy Restart,
    string? InterruptKey)
{
    /// <summary>When a changed declaration reaches it while it runs.</summary>
    public ApplyPolicy Apply { get; init; }

    /// <summary>What is done around its start.</summary>
    public AgentSetup Setup { get; init; } = AgentSetup.None;

    /// <summary>How its pod is made; null where its source makes none.</summary>
    public PodDeclaration? Pod { get; init; }

    /// <summary>Compares by content, the environment too, so that reading an unchanged file again changes nothing.</summary>
    public bool Equals(AgentSpec? other) =>
        other is not null
        && (Name, Source, Command, Directory, Desired, Restart, InterruptKey, Apply, Setup, Pod)
            == (other.Name, other.Source, other.Command, other.Directory, other.Desired, other.Restart, other.InterruptKey, other.Apply, other.Setup, other.Pod)
        && Environment.Count == other.Environment.Count
        && Environment.All(pair => other.Environment.TryGetValue(pair.Key, out var value) && value == pair.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Source, Command, Directory, Desired, Restart, InterruptKey, Pod);
}
