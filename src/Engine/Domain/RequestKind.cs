namespace AgentDeck.Engine.Domain;

/// <summary>What somebody wants of an agent's life.</summary>
public enum RequestKind
{
    /// <summary>It is to run.</summary>
    Start,

    /// <summary>It is to end: interrupted, and killed when that does not help.</summary>
    Stop,

    /// <summary>It is to end and to run again.</summary>
    Restart,
}
