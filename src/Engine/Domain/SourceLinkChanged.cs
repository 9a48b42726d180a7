using System.Text.Json.Serialization;

namespace AgentDeck.Engine.Domain;

/// <summary>The link to a source changed.</summary>
public sealed record SourceLinkChanged(long Seq, DateTimeOffset At, string Source, SourceLink From, SourceLink To, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Error) : FleetEvent(Seq, At, null);
