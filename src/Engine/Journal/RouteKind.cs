namespace AgentDeck.Engine.Journal;

/// <summary>By which way an agent is reached.</summary>
internal enum RouteKind
{
    /// <summary>A tmux server on this machine; the address is its socket.</summary>
    Local,

    /// <summary>A container of docker or podman; the address is its id.</summary>
    Container,

    /// <summary>A pod; the address is <c>namespace/name</c>.</summary>
    Kubernetes,
}
