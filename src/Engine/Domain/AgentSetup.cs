using System.Collections.Immutable;

namespace AgentDeck.Engine.Domain;

/// <summary>What <c>agents.toml</c> declares about what is done around the start of an agent, on this machine or in its pod.</summary>
public sealed record AgentSetup
{
    /// <summary>Nothing is done.</summary>
    public static AgentSetup None { get; } = new();

    /// <summary>Variables whose values are in files of this machine, each with the absolute path. The values are read when it is started, and kept nowhere.</summary>
    public ImmutableDictionary<string, string> SecretFiles { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Labels; those of a pod beside the ones of its system.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What is copied into its work space, in this order.</summary>
    public ImmutableArray<StagedFile> Stage { get; init; } = [];

    /// <summary>Shell lines that run before the agent.</summary>
    public ImmutableArray<string> PreStart { get; init; } = [];

    /// <summary>Shell lines that run once the agent's session is there.</summary>
    public ImmutableArray<string> SessionSetup { get; init; } = [];

    /// <summary>A shell script on this machine that runs after <see cref="SessionSetup"/>, where the agent is; absolute.</summary>
    public string? SessionSetupScript { get; init; }

    /// <summary>How long a start may take; null for what is usual at its source.</summary>
    public TimeSpan? StartupTimeout { get; init; }

    /// <summary>Compares by content, so that reading an unchanged file again changes nothing.</summary>
    public bool Equals(AgentSetup? other) =>
        other is not null
        && (SessionSetupScript, StartupTimeout) == (other.SessionSetupScript, other.StartupTimeout)
        && PreStart.SequenceEqual(other.PreStart)
        && SessionSetup.SequenceEqual(other.SessionSetup)
        && Stage.SequenceEqual(other.Stage)
        && IsSame(SecretFiles, other.SecretFiles)
        && IsSame(Labels, other.Labels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(SessionSetupScript, StartupTimeout, PreStart.Length, SessionSetup.Length, Stage.Length, SecretFiles.Count, Labels.Count);

    /// <summary>Whether two tables hold the same.</summary>
    internal static bool IsSame<T>(ImmutableDictionary<string, T> some, ImmutableDictionary<string, T> others)
        where T : class =>
        some.Count == others.Count && some.All(pair => others.TryGetValue(pair.Key, out var value) && value.Equals(pair.Value));
}
