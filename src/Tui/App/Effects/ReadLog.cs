using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Effects;

/// <summary>Says which log is on screen, or that none is; answered by <see cref="Messages.LogRead"/> as it comes.</summary>
internal sealed record ReadLog(LogWant? Log) : AppEffect;
