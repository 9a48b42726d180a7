namespace AgentDeck.Tui.App.Effects;

/// <summary>Stops the process as <c>Ctrl-Z</c> does.</summary>
internal sealed record SuspendApp : AppEffect;
