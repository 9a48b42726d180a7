using AgentDeck.Engine.Domain;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Effects;

/// <summary>Gives the terminal to an agent's own tmux client; answered by <see cref="Messages.AttachEnded"/>.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="DetachKey">The key that comes back.</param>
internal sealed record AttachTerminal(AgentId Agent, KeyChord DetachKey) : AppEffect;
