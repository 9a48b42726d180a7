using System.Collections.Immutable;

namespace AgentDeck.Engine.Domain;

/// <summary>One agent: what was declared beside what was observed.</summary>
/// <param name="Id">Its name across all sources.</param>
/// <param name="Spec">Its declaration, or null when it was only discovered.</param>
/// <param name="Status">What was observed.</param>
/// <param name="Generation">Counts changes of <paramref name="Spec"/>; 0 when there is none.</param>
/// <param name="ObservedGeneration">The generation that <paramref name="Status"/> was judged against.</param>
public sealed record Agent(AgentId Id, AgentSpec? Spec, AgentStatus Status, long Generation, long ObservedGeneration)
{
    /// <summary>What the engine does to keep it as it should be. Written by the reconciler alone; sources need not carry it over.</summary>
    public AgentUpkeep Upkeep { get; init; } = AgentUpkeep.None;

    /// <summary>Who has seen what it wanted last, or null; whether that still holds says <see cref="Attention.IsAcknowledged"/>. Sources need not carry it over.</summary>
    public Acknowledgement? Acknowledged { get; init; }

    /// <summary>How often it was started again, by its runtime or by the engine.</summary>
    public int Restarts => Status.Restarts + Upkeep.Restarts;

    /// <summary>All statements about it, those of its source first.</summary>
    public ImmutableArray<Condition> Conditions => Upkeep.Conditions.IsEmpty ? Status.Conditions : Status.Conditions.AddRange(Upkeep.Conditions);

    /// <summary>How long the agent has been quiet at <paramref name="now"/>, or null when that is unknown. Never negative.</summary>
    public TimeSpan? IdleTime(DateTimeOffset now) =>
        Status.LastActivity is not { } last ? null : now > last ? now - last : TimeSpan.Zero;
}
