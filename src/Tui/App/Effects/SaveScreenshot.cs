namespace AgentDeck.Tui.App.Effects;

/// <summary>Writes the frame that is on screen as SVG and as text; answered by <see cref="Messages.NoticeRaised"/>.</summary>
internal sealed record SaveScreenshot : AppEffect;
