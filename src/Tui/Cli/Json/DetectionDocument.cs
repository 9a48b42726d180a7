using System.Collections.Immutable;

namespace AgentDeck.Tui.Cli.Json;

/// <summary>What the rules make of one screen, schema <c>agentdeck.detection/v1</c>; the match that decides is the first that holds.</summary>
internal sealed record DetectionDocument(string Schema, string Activity, string Reason, string? Command, ImmutableArray<DetectionMatchDocument> Matches);
