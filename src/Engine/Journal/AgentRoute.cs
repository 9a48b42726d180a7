namespace AgentDeck.Engine.Journal;

/// <summary>Where an agent was reached last; the next start tries this first.</summary>
/// <param name="Kind">By which way.</param>
/// <param name="Address">Socket path, container id or <c>namespace/pod</c>; never null.</param>
/// <param name="Uid">What tells it from another of the same name, such as a pod's uid; null where there is no such thing.</param>
internal sealed record AgentRoute(RouteKind Kind, string Address, string? Uid = null);
