namespace AgentDeck.Engine.Tmux;

/// <summary>What went wrong with tmux, as tmux itself said it.</summary>
internal enum TmuxFault
{
    /// <summary>tmux refused a command for another reason; its words are in the message.</summary>
    Refused,

    /// <summary>No server listens on the socket: there is no session.</summary>
    ServerGone,

    /// <summary>The server has no session at all.</summary>
    NoSessions,

    /// <summary>The session, window or pane does not exist.</summary>
    TargetGone,

    /// <summary>A session of that name exists already.</summary>
    DuplicateSession,

    /// <summary>A program runs in the pane that was to be started anew.</summary>
    StillActive,

    /// <summary>The socket belongs to somebody else.</summary>
    Denied,

    /// <summary>There is no tmux program.</summary>
    ProgramMissing,

    /// <summary>The server speaks another version of the protocol than this client.</summary>
    VersionMismatch,

    /// <summary>This tmux is older than 3.2 and lacks what a link needs.</summary>
    TooOld,

    /// <summary>The place where tmux runs cannot be reached.</summary>
    Unreachable,

    /// <summary>The stream was cut or went silent: what became of the command is unknown.</summary>
    Cut,
}
