namespace AgentDeck.Engine.Transports;

/// <summary>What went wrong between here and a command.</summary>
public enum TransportFault
{
    /// <summary>The place where the command should run cannot be reached.</summary>
    Unreachable,

    /// <summary>The program does not exist there.</summary>
    ProgramMissing,

    /// <summary>It was refused.</summary>
    Denied,

    /// <summary>The place no longer exists, confirmed by whoever owns it.</summary>
    Gone,

    /// <summary>The stream ended without a result: the command may or may not have ended.</summary>
    Cut,

    /// <summary>The command began and did not end in the time that it had: it may go on where it is.</summary>
    TimedOut,
}
