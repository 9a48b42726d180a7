namespace AgentDeck.Engine.Domain;

/// <summary>Where an agent stands in its life, as observed.</summary>
public enum AgentPhase
{
    /// <summary>Declared or scheduled, nothing runs yet.</summary>
    Pending,

    /// <summary>Its container or session is coming up.</summary>
    Starting,

    /// <summary>Its session is alive.</summary>
    Running,

    /// <summary>A stop was asked for and is under way.</summary>
    Stopping,

    /// <summary>It does not run because somebody wanted that, or it was never started.</summary>
    Stopped,

    /// <summary>It ended by itself with exit code 0.</summary>
    Completed,

    /// <summary>It ended by itself with another exit code, or cannot run.</summary>
    Failed,

    /// <summary>Nothing trustworthy is known.</summary>
    Unknown,
}
