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

    /// <summary>scion's <c>agent-info.json</c>, as it was read to the last character but for its secrets, or null.</summary>
    public string? AgentInfo { get; init; }

    /// <summary>Of which life of the agent <see cref="AgentInfo"/> is, and how old; null when there is none.</summary>
    public ReportOrigin? AgentInfoFrom { get; init; }

    /// <summary>Both of them, or null.</summary>
    public AgentReport? Report => AgentInfo is { } content && AgentInfoFrom is { } from ? new AgentReport(content, from) : null;

    /// <summary>The transitions of which somebody was notified, oldest first; never null. Whoever adds some removes the oldest.</summary>
    public ImmutableList<string> Notified { get => field ?? []; init; }

    /// <summary>With what the agent wrote of itself; the same record when that life of it already wrote just that, whenever it was read.</summary>
    public AgentRecord With(AgentReport report) =>
        Report is { } known && known.Content == report.Content && known.IsOf(report.From.Uid, report.From.Run)
            ? this
            : this with { AgentInfo = report.Content, AgentInfoFrom = report.From };

    /// <summary>Whether all values are the same, those of the collections included.</summary>
    public bool Equals(AgentRecord? other) =>
        other is not null
        && Route == other.Route
        && Upkeep == other.Upkeep
        && Acknowledged == other.Acknowledged
        && AgentInfo == other.AgentInfo
        && AgentInfoFrom == other.AgentInfoFrom
        && Notified.SequenceEqual(other.Notified);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Route, Upkeep, Acknowledged, AgentInfo);
}
