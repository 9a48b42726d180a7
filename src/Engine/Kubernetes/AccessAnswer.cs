namespace AgentDeck.Engine.Kubernetes;

/// <summary>The answer of a <c>SelfSubjectAccessReview</c>.</summary>
/// <param name="Allowed">Whether we may.</param>
/// <param name="Reason">Why, in the server's words; may be empty. Hostile input.</param>
internal sealed record AccessAnswer(bool Allowed, string Reason);
