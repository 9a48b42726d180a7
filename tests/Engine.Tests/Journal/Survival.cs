namespace AgentDeck.Engine.Tests.Journal;

/// <summary>What survives a power cut of all that was not synced.</summary>
public enum Survival
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Everything, as when only the process is killed.</summary>
    Everything,

    /// <summary>Blocks here and there, and the earlier ones of the names' changes.</summary>
    AnyOfIt,
}
