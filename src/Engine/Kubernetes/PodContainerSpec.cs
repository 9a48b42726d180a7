using System.Collections.Immutable;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>What a pod says that one of its containers shall be. Every text is plain.</summary>
internal sealed record PodContainerSpec
{
    /// <summary>Its name within the pod.</summary>
    public required string Name { get; init; }

    /// <summary>Its image.</summary>
    public string Image { get; init; } = "";

    /// <summary>What is set aside for it, as Kubernetes writes quantities: <c>cpu</c> to <c>500m</c>.</summary>
    public ImmutableDictionary<string, string> Requests { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What it may use at most, as Kubernetes writes quantities.</summary>
    public ImmutableDictionary<string, string> Limits { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether its main process has a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Whether it is an init container that goes on running beside the others (its own restart policy is <c>Always</c>).</summary>
    public bool IsSidecar { get; init; }

    /// <summary>The user that Gas City's entry point creates and runs the agent as (variable <c>LINUX_USERNAME</c>); raw. No other variable is kept: values may be secrets.</summary>
    public string? LinuxUser { get; init; }
}
