using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Effects;

/// <summary>Reads an agent's processes; answered by <see cref="Messages.ProcessesListed"/>.</summary>
internal sealed record ListProcesses(AgentId Agent) : AppEffect;
