namespace AgentDeck.Engine.Reconciliation;

/// <summary>What the place where an agent was reached last says of it.</summary>
internal enum RouteWord
{
    /// <summary>Nobody asks there any more: the place left the configuration, or another declaration took the agent over.</summary>
    GivenUp,

    /// <summary>It is gone, or ended.</summary>
    Gone,

    /// <summary>It still runs there.</summary>
    Alive,

    /// <summary>The place does not answer, or does not know.</summary>
    Unknown,
}
