namespace AgentDeck.Engine.Domain;

/// <summary>What to do when a declared agent ends by itself.</summary>
public enum RestartPolicy
{
    /// <summary>Leave it ended.</summary>
    Never,

    /// <summary>Start it again unless it ended with exit code 0.</summary>
    OnFailure,

    /// <summary>Start it again in every case.</summary>
    Always,
}
