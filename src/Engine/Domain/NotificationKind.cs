namespace AgentDeck.Engine.Domain;

/// <summary>Why an operator is told of an agent without having asked.</summary>
public enum NotificationKind
{
    /// <summary>It waits for an answer or an approval.</summary>
    NeedsInput,

    /// <summary>It ended by itself and not well, or cannot run.</summary>
    Failed,

    /// <summary>It ended by itself with exit code 0.</summary>
    Completed,

    /// <summary>It should get on and does not.</summary>
    Stalled,

    /// <summary>It ran or was declared, and no longer exists.</summary>
    Gone,
}
