using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Effects;

/// <summary>Gives the terminal to an agent's own tmux client; answered by <see cref="Messages.AttachEnded"/>.</summary>
internal sealed record AttachTerminal(AgentId Agent) : AppEffect;
