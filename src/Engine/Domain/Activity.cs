namespace AgentDeck.Engine.Domain;

/// <summary>What a running agent does; <see cref="None"/> in every other phase.</summary>
public enum Activity
{
    /// <summary>Not running, or not known yet.</summary>
    None,

    /// <summary>It produces output.</summary>
    Busy,

    /// <summary>It is quiet and wants nothing.</summary>
    Idle,

    /// <summary>It asked a question or stands at its prompt for input.</summary>
    Waiting,

    /// <summary>It stands before an approval menu: typed text would choose an entry.</summary>
    Blocked,

    /// <summary>It is stopped by a usage, rate or login limit.</summary>
    Limited,
}
