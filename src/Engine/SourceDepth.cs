namespace AgentDeck.Engine;

/// <summary>How far sources look.</summary>
public enum SourceDepth
{
    /// <summary>Follow everything as it changes.</summary>
    Follow,

    /// <summary>Look once at each agent and keep no stream open: for a snapshot.</summary>
    LookOnce,

    /// <summary>Only learn which agents there are; where it costs a request for each agent no tmux is asked but those of agents named later.</summary>
    ListOnly,
}
