namespace AgentDeck.Engine.Domain;

/// <summary>What the runtime itself says about an agent's session.</summary>
public enum SessionEvidence
{
    /// <summary>Nobody looked yet.</summary>
    NotObserved,

    /// <summary>The session exists and its program runs.</summary>
    Alive,

    /// <summary>The session is kept, but its program ended (tmux <c>pane_dead</c>).</summary>
    Ended,

    /// <summary>Its server answers, or is known not to run, and there is no such session.</summary>
    Absent,
}
