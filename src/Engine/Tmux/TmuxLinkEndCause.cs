namespace AgentDeck.Engine.Tmux;

/// <summary>What ended a link.</summary>
internal enum TmuxLinkEndCause
{
    /// <summary>We closed it.</summary>
    Closed,

    /// <summary>tmux ended the client: its session was killed, or somebody detached it. Look again to learn which.</summary>
    Exited,

    /// <summary>The server died.</summary>
    ServerGone,

    /// <summary>The stream was cut, went silent or spoke nonsense; nothing is known about the server.</summary>
    Cut,
}
