using System.Text.Json.Serialization;

namespace AgentDeck.Engine.Domain;

/// <summary>Another of the engines that share a source keeps what is declared there from now on.</summary>
/// <param name="Seq">The number of the event.</param>
/// <param name="At">When it was observed.</param>
/// <param name="Source">The source.</param>
/// <param name="From">The engine before, as it calls itself; null when none was known.</param>
/// <param name="To">The engine now; null when none is known.</param>
public sealed record LeaderChanged(long Seq, DateTimeOffset At, string Source, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? From, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? To) : FleetEvent(Seq, At, null);
