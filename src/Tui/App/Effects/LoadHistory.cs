using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Effects;

/// <summary>Reads a pane with its history; answered by <see cref="Messages.HistoryLoaded"/>.</summary>
internal sealed record LoadHistory(AgentId Agent, int Lines) : AppEffect;
