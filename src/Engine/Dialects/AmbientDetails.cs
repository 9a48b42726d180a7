using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Dialects;

/// <summary>What the platform knows of an agent beside its phase. Texts are plain.</summary>
internal sealed record AmbientDetails
{
    /// <summary>What people call it, or null.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The model, or null.</summary>
    public string? Model { get; init; }

    /// <summary>Who it belongs to, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>What was asked for and is not reached yet, as a sentence; null when nothing is.</summary>
    public string? Intent { get; init; }

    /// <summary>Whether its specification changed and the platform did not act on that yet.</summary>
    public bool ChangePending { get; init; }

    /// <summary>Since when it is idle by the platform's own rule; null unless it runs.</summary>
    public DateTimeOffset? IdleSince { get; init; }

    /// <summary>When the platform stops it for being idle; null when it will not, or it does not run.</summary>
    public DateTimeOffset? StopsAt { get; init; }

    /// <summary>Whether <see cref="StopsAt"/> is only what the platform usually does, as neither the session nor its project says.</summary>
    public bool StopsByDefault { get; init; }

    /// <summary>Why it was stopped (<c>user</c>, <c>inactivity</c>), or null.</summary>
    public string? StoppedReason { get; init; }

    /// <summary>The platform's own conditions.</summary>
    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary>Its repositories.</summary>
    public ImmutableArray<AmbientRepo> Repos { get; init; } = [];

    /// <summary>Its workflow, or null.</summary>
    public AmbientRepo? Workflow { get; init; }
}
