using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Messages;

/// <summary>An operation that the deck asked for ended.</summary>
/// <param name="OperationId">The number given to <see cref="Effects.RunCommand"/>.</param>
/// <param name="Agent">The agent concerned.</param>
/// <param name="Command">What was asked.</param>
/// <param name="Result">What it came to.</param>
internal sealed record OperationDone(long OperationId, AgentId Agent, SessionCommand Command, OperationResult Result) : AppMessage;
