using System.Text.Json.Serialization;

namespace AgentDeck.Engine.Domain;

/// <summary>An agent ended too soon too often and is left alone until a time; null when that was lifted.</summary>
public sealed record AgentQuarantined(
    long Seq, DateTimeOffset At, AgentId Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? Until, string Reason) : FleetEvent(Seq, At, Id);
