namespace AgentDeck.Engine.Kubernetes;

/// <summary>It does not run yet, or not again. This is also what a container is of which nothing is known.</summary>
/// <param name="Reason">Why, for example <c>ImagePullBackOff</c>; may be empty. Plain, but not necessarily one word.</param>
/// <param name="Message">The same for people; may be empty. Plain.</param>
internal sealed record ContainerWaiting(string Reason, string Message) : ContainerState;
