using System.Collections.Immutable;

namespace AgentDeck.Engine.Sources.Containers;

/// <summary>What is used of a container, as its runtime tells it. Names and words are plain; keys and values of labels are as they came.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">What it does, in its runtime's word, for example <c>running</c> or <c>exited</c>.</param>
internal sealed record ContainerInfo(string Id, string Name, string State)
{
    /// <summary>Its labels, raw.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Its image.</summary>
    public string Image { get; init; } = "";

    /// <summary>When it was made, when known.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When its present or last run began; null before the first.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its last run ended; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The exit code of its last run; of no meaning before the end of the first.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Whether its last run was killed for want of memory.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>How often its runtime started it again by itself.</summary>
    public int Restarts { get; init; }

    /// <summary>How many bytes of memory it may use; null when nothing limits it.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Whether its processes run.</summary>
    public bool Runs => State == "running";

    /// <summary>Whether it ended.</summary>
    public bool HasEnded => State is "exited" or "stopped";
}
