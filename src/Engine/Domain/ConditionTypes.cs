namespace AgentDeck.Engine.Domain;

/// <summary>The types of conditions that agents carry.</summary>
public static class ConditionTypes
{
    /// <summary>The pod has a node.</summary>
    public const string Scheduled = "Scheduled";

    /// <summary>The agent's own container runs.</summary>
    public const string ContainerReady = "ContainerReady";

    /// <summary>The agent's program runs.</summary>
    public const string SessionAlive = "SessionAlive";

    /// <summary>Its tmux can be asked; false with the reason <see cref="StreamLost"/> while what is shown has an age.</summary>
    public const string StreamConnected = "StreamConnected";

    /// <summary>What had to be done around its start was done; false with what failed and did not matter enough to stop it.</summary>
    public const string Prepared = "Prepared";

    /// <summary>Its platform acts on what it was asked for; false when nobody did within a minute.</summary>
    public const string RequestAnswered = "RequestAnswered";

    /// <summary>The session is marked to end soon.</summary>
    public const string Draining = "Draining";

    /// <summary>It stands in <c>agents.toml</c>.</summary>
    public const string Declared = "Declared";

    /// <summary>It is as it was declared or asked for; false while something is under way or in the way.</summary>
    public const string Reconciled = "Reconciled";

    /// <summary>Something takes much longer than it should.</summary>
    public const string Stuck = "Stuck";

    /// <summary>It runs from a declaration that has been changed since; there is no such condition while it does not.</summary>
    public const string Drifted = "Drifted";

    /// <summary>The reason of <see cref="Prepared"/> when something failed.</summary>
    public const string PartlyFailed = "PartlyFailed";

    /// <summary>The reason of <see cref="StreamConnected"/> when the stream was cut.</summary>
    public const string StreamLost = "StreamLost";
}
