namespace AgentDeck.Engine.Domain;

/// <summary>When a changed declaration reaches an agent that runs.</summary>
public enum ApplyPolicy
{
    /// <summary>With its next restart, whoever asks for that; until then the difference is only shown.</summary>
    Restart,

    /// <summary>The engine restarts it for that, once it rests.</summary>
    Auto,
}
