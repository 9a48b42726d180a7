namespace AgentDeck.Tui.Cli.Doctor;

/// <summary>What was found about one thing.</summary>
/// <param name="Grade">How bad it is.</param>
/// <param name="Subject">What was looked at.</param>
/// <param name="Text">What was found.</param>
/// <param name="Remedy">What to do about it; null when there is nothing to do.</param>
internal sealed record Finding(Grade Grade, string Subject, string Text, string? Remedy = null);
