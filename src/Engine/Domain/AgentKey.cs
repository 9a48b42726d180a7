namespace AgentDeck.Engine.Domain;

/// <summary>One key for an agent's pane.</summary>
/// <param name="Value">Literal text, or a tmux key name such as <c>C-c</c>, <c>Up</c>, <c>M-x</c>.</param>
/// <param name="IsLiteral">True when <paramref name="Value"/> is text and not a key name.</param>
public readonly record struct AgentKey(string Value, bool IsLiteral);
