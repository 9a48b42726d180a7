namespace AgentDeck.Engine.Diagnostics;

/// <summary>Where a secret stands in a text; ends are exclusive.</summary>
/// <param name="ContextStart">Where what makes it a secret starts: its prefix, name or scheme.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends.</param>
/// <param name="IsBlock">Whether it has several lines, up to a mark of its end: then it goes on where the text ends within it.</param>
internal readonly record struct SecretSpan(int ContextStart, int Start, int End, bool IsBlock);
