using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Effects;

/// <summary>
/// Passes on what the operator typed at a pane. Keys that arrive while others are on their way are sent together, in order;
/// nothing comes back unless it fails.
/// </summary>
/// <param name="Agent">The agent.</param>
/// <param name="Input">Keys or a paste.</param>
internal sealed record TypeIntoPane(AgentId Agent, SessionCommand Input) : AppEffect;
