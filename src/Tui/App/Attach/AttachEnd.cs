namespace AgentDeck.Tui.App.Attach;

/// <summary>How an attachment ended.</summary>
internal enum AttachEnd
{
    /// <summary>The operator pressed the detach key, or detached in tmux itself.</summary>
    Detached,

    /// <summary>The agent's client ended by itself.</summary>
    Ended,

    /// <summary>The stream to the agent was cut; the agent's fate is unknown.</summary>
    Cut,

    /// <summary>The operator's terminal went away.</summary>
    TerminalClosed,
}
