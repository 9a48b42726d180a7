namespace AgentDeck.Engine.Configuration;

/// <summary>One <c>[[nudge]]</c>: a text that can be sent with two keys.</summary>
/// <param name="Title">What the operator picks.</param>
/// <param name="Text">What is sent.</param>
public sealed record NudgeTemplate(string Title, string Text);
