namespace AgentDeck.Engine.Domain;

/// <summary>What an operation came to.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">What to tell the operator, for example <c>delivered</c> or <c>typed, not submitted</c>.</param>
public readonly record struct OperationResult(OperationOutcome Outcome, string Message);
