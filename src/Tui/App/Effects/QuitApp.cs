namespace AgentDeck.Tui.App.Effects;

/// <summary>Ends the deck; agents keep running.</summary>
internal sealed record QuitApp(int ExitCode) : AppEffect;
