namespace AgentDeck.Engine.Tmux;

/// <summary>tmux could not do what was asked, or could not be asked.</summary>
internal sealed class TmuxException : Exception
{
    /// <summary>Creates the exception; the message says what failed and where.</summary>
    public TmuxException(TmuxFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>What kind of failure it was.</summary>
    public TmuxFault Fault { get; }
}
