namespace AgentDeck.Engine;

/// <summary>What was found about one thing of a source; texts are plain.</summary>
/// <param name="IsGood">Whether it is as it should be.</param>
/// <param name="Text">What was found.</param>
/// <param name="Remedy">What to do about it, on one or more lines; null when there is nothing to do.</param>
public sealed record SourceFinding(bool IsGood, string Text, string? Remedy = null);
