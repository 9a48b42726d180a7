using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>What an operation came to for one agent.</summary>
/// <param name="OperationId">Its number, or 0 when it was not tried.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Result">What it came to, or null while it is under way.</param>
internal sealed record ResultRow(long OperationId, AgentId Agent, OperationResult? Result);
