namespace AgentDeck.Engine.Domain;

/// <summary>One thing that its own system knows of an agent, for people.</summary>
/// <param name="Name">What it is, in one or two words, for example <c>model</c>. A name may occur again.</param>
/// <param name="Value">How it is, plain; empty when <paramref name="At"/> says all.</param>
/// <param name="At">When it was or will be; null when it is no matter of time. An instant and not an age, so that it changes nothing by growing old.</param>
public sealed record Fact(string Name, string Value, DateTimeOffset? At = null);
