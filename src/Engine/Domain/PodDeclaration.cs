using System.Collections.Immutable;

namespace AgentDeck.Engine.Domain;

/// <summary>What <c>agents.toml</c> declares about the pod of one agent alone; what is null is as its source has it.</summary>
public sealed record PodDeclaration
{
    /// <summary>How long a start in a pod may take when nothing is declared: as long as Gas City gives a young pod.</summary>
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

    /// <summary>Compares by content, so that reading an unchanged file again changes nothing.</summary>
    public bool Equals(PodDeclaration? other) =>
        other is not null
        && (Image, CpuRequest, MemoryRequest, CpuLimit, MemoryLimit) == (other.Image, other.CpuRequest, other.MemoryRequest, other.CpuLimit, other.MemoryLimit)
        && AgentSetup.IsSame(Secrets, other.Secrets);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Image, CpuRequest, MemoryRequest, CpuLimit, MemoryLimit);
}
