using System.Collections.Immutable;

namespace AgentDeck.Engine.Domain;

/// <summary>The whole fleet at one instant. Compare snapshots by <paramref name="Version"/>, never by value.</summary>
/// <param name="Version">Grows with every change.</param>
/// <param name="Agents">All agents that are known.</param>
/// <param name="Sources">All sources, in the order of <c>agents.toml</c>.</param>
/// <param name="Problems">What is wrong with the configuration that was last read; the fleet is the last good one.</param>
/// <param name="At">When this snapshot was made.</param>
public sealed record FleetSnapshot(
    long Version,
    ImmutableDictionary<AgentId, Agent> Agents,
    ImmutableArray<SourceStatus> Sources,
    ImmutableArray<ConfigurationProblem> Problems,
    DateTimeOffset At)
{
    /// <summary>A fleet of which nothing is known yet.</summary>
    public static FleetSnapshot Empty { get; } = new(0, ImmutableDictionary<AgentId, Agent>.Empty, [], [], DateTimeOffset.UnixEpoch);

    /// <summary>The source of an agent, or null when it left the configuration.</summary>
    public SourceStatus? SourceOf(AgentId id)
    {
        foreach (var source in Sources)
        {
            if (source.Name == id.Source)
            {
                return source;
            }
        }

        return null;
    }

    /// <summary>What may not be done in the source of an agent.</summary>
    public AccessLimits LimitsOf(AgentId id) => SourceOf(id)?.Limits ?? AccessLimits.None;
}
