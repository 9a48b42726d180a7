namespace AgentDeck.Engine.Domain;

/// <summary>How an operation ended.</summary>
public enum OperationOutcome
{
    /// <summary>Done, and seen to be done.</summary>
    Succeeded,

    /// <summary>Not tried, for a reason that the operator can understand.</summary>
    Refused,

    /// <summary>Done in part: for a nudge, typed but not submitted.</summary>
    Partial,

    /// <summary>Tried and failed.</summary>
    Failed,
}
