namespace AgentDeck.Engine.Domain;

/// <summary>What was asked for and is not observed yet, or is known to have caused what is observed.</summary>
public enum PhaseRequest
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A start is under way.</summary>
    Start,

    /// <summary>A stop was asked for.</summary>
    Stop,
}
