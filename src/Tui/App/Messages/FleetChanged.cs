using AgentDeck.Engine.Store;

namespace AgentDeck.Tui.App.Messages;

/// <summary>The engine knows something new.</summary>
internal sealed record FleetChanged(FleetUpdate Update) : AppMessage;
