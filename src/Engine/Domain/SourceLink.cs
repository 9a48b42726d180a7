namespace AgentDeck.Engine.Domain;

/// <summary>How well a source can be observed right now.</summary>
public enum SourceLink
{
    /// <summary>The first contact is under way.</summary>
    Connecting,

    /// <summary>What is shown is current.</summary>
    Live,

    /// <summary>Contact was lost a moment ago; what is shown has an age.</summary>
    Stale,

    /// <summary>It cannot be reached.</summary>
    Unreachable,

    /// <summary>It answers, but refuses.</summary>
    Denied,
}
