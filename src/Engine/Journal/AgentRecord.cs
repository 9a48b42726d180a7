using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Journal;

/// <summary>What the engine remembers of one agent across restarts. Immutable; equal when all of its values are.</summary>
internal sealed record AgentRecord
{
    /// <summary>What is remembered of an agent of which nothing was recorded yet.</summary>
    public static AgentRecord New { get; } = new();

    /// <summary>Where it was reached last, or null when it never was.</summary>
    public AgentRoute? Route { get; init; }

    /// <summary>Its phase and since when, its restarts and quarantine, the open request, the declaration that it was started from; never null.</summary>
    public AgentUpkeep Upkeep { get => field ?? AgentUpkeep.None; init; }

    /// <summary>Who has seen what needed attention, or null.</summary>
    public Acknowledgement? Acknowledged { get; init; }

    /// <summary>scion's <c>agent-info.json</c>, as it was read to the last character, or null.</summary>
    public string? AgentInfo { get; init; }

    /// <summary>The transitions of which somebody was notified, oldest first; never null. Whoever adds some removes the oldest.</summary>
    public ImmutableList<string> Notified { get => field ?? []; init; }

    /// <summary>Whether all values are the same, those of the collections included.</summary>
    public bool Equals(AgentRecord? other) =>
        other is not null
        && Route == other.Route
        && Upkeep == other.Upkeep
        && Acknowledged == other.Acknowledged
        && AgentInfo == other.AgentInfo
        && Notified.SequenceEqual(other.Notified);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Route, Upkeep, Acknowledged, AgentInfo);
}
