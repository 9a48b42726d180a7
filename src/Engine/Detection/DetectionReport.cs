using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Detection;

/// <summary>What the rules make of one screen.</summary>
/// <param name="Activity">What the agent does.</param>
/// <param name="Why">The rule that decided and its line, plain.</param>
/// <param name="Matches">All rules that match, the one that would decide first before the others.</param>
public sealed record DetectionReport(Activity Activity, string Why, ImmutableArray<DetectionMatch> Matches);
