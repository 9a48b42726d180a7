namespace AgentDeck.Engine.Leadership;

/// <summary>What to do about a Lease.</summary>
internal enum LeaseStep
{
    /// <summary>There is none: make it.</summary>
    Create,

    /// <summary>Nobody holds it any more: take it.</summary>
    Take,

    /// <summary>It is ours: renew it.</summary>
    Renew,

    /// <summary>Somebody else holds it.</summary>
    Wait,
}
