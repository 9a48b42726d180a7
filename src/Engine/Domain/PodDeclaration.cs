using System.Collections.Immutable;

namespace AgentDeck.Engine.Domain;

/// <summary>What <c>agents.toml</c> declares about the pod of one agent; what is null is as its source has it.</summary>
public sealed record PodDeclaration
{
    /// <summary>How long a start may take when nothing is declared: as long as Gas City gives a young pod.</summary>
    public static readonly TimeSpan DefaultStartupTimeout = TimeSpan.FromSeconds(240);

    /// <summary>The image.</summary>
    public string? Image { get; init; }

    /// <summary>What is set aside for it, as Kubernetes writes quantities.</summary>
    public string? CpuRequest { get; init; }

    /// <summary>Likewise.</summary>
    public string? MemoryRequest { get; init; }

    /// <summary>What it may use at most, as Kubernetes writes quantities.</summary>
    public string? CpuLimit { get; init; }

    /// <summary>Likewise.</summary>
    public string? MemoryLimit { get; init; }

    /// <summary>Variables whose values are in secrets of the cluster.</summary>
    public ImmutableDictionary<string, SecretReference> Secrets { get; init; } = ImmutableDictionary<string, SecretReference>.Empty;

    /// <summary>Labels of the pod beside those of its system.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Shell lines that run in the pod before the agent.</summary>
    public ImmutableArray<string> PreStart { get; init; } = [];

    /// <summary>Shell lines that run in the pod once the agent's session is there.</summary>
    public ImmutableArray<string> SessionSetup { get; init; } = [];

    /// <summary>A shell script on this machine that runs in the pod after <see cref="SessionSetup"/>; absolute.</summary>
    public string? SessionSetupScript { get; init; }

    /// <summary>What is copied into the pod, in this order.</summary>
    public ImmutableArray<StagedFile> Stage { get; init; } = [];

    /// <summary>How long a start may take.</summary>
    public TimeSpan StartupTimeout { get; init; } = DefaultStartupTimeout;

    /// <summary>Compares by content, so that reading an unchanged file again changes nothing.</summary>
    public bool Equals(PodDeclaration? other) =>
        other is not null
        && (Image, CpuRequest, MemoryRequest, CpuLimit, MemoryLimit, SessionSetupScript, StartupTimeout)
            == (other.Image, other.CpuRequest, other.MemoryRequest, other.CpuLimit, other.MemoryLimit, other.SessionSetupScript, other.StartupTimeout)
        && PreStart.SequenceEqual(other.PreStart)
        && SessionSetup.SequenceEqual(other.SessionSetup)
        && Stage.SequenceEqual(other.Stage)
        && IsSame(Secrets, other.Secrets)
        && IsSame(Labels, other.Labels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Image, CpuRequest, MemoryRequest, CpuLimit, MemoryLimit, SessionSetupScript, StartupTimeout);

    private static bool IsSame<T>(ImmutableDictionary<string, T> some, ImmutableDictionary<string, T> others)
        where T : class =>
        some.Count == others.Count && some.All(pair => others.TryGetValue(pair.Key, out var value) && value.Equals(pair.Value));
}
