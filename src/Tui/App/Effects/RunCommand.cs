using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Effects;

/// <summary>Asks the engine to act on an agent; answered by <see cref="Messages.OperationDone"/>.</summary>
internal sealed record RunCommand(long OperationId, AgentId Agent, SessionCommand Command) : AppEffect;
