using System.Text.Json.Serialization;

namespace AgentDeck.Engine.Domain;

/// <summary>Something that happened, in the past tense. A closed hierarchy: switch over it exhaustively. Journals hold it under the names given here.</summary>
/// <param name="Seq">Grows by one with every event of this engine.</param>
/// <param name="At">When it was observed.</param>
/// <param name="Agent">The agent concerned, or null when the event concerns a source or the configuration.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(AgentAppeared), nameof(AgentAppeared))]
[JsonDerivedType(typeof(AgentGone), nameof(AgentGone))]
[JsonDerivedType(typeof(PhaseChanged), nameof(PhaseChanged))]
[JsonDerivedType(typeof(ActivityChanged), nameof(ActivityChanged))]
[JsonDerivedType(typeof(ConditionChanged), nameof(ConditionChanged))]
[JsonDerivedType(typeof(AgentQuarantined), nameof(AgentQuarantined))]
[JsonDerivedType(typeof(OperationFinished), nameof(OperationFinished))]
[JsonDerivedType(typeof(SourceLinkChanged), nameof(SourceLinkChanged))]
[JsonDerivedType(typeof(ConfigurationReloaded), nameof(ConfigurationReloaded))]
[JsonDerivedType(typeof(KeeperChanged), nameof(KeeperChanged))]
[JsonDerivedType(typeof(LeaderChanged), nameof(LeaderChanged))]
public abstract record FleetEvent(long Seq, DateTimeOffset At, [property: JsonIgnore] AgentId? Agent);
