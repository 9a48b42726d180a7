namespace AgentDeck.Engine.Domain;

/// <summary>What a declaration asks for.</summary>
public enum DesiredState
{
    /// <summary>Keep it running.</summary>
    Running,

    /// <summary>Keep it stopped.</summary>
    Stopped,
}
