namespace AgentDeck.Engine.Transports;

/// <summary>A command near an agent could not be started, or its stream was cut.</summary>
public sealed class TransportException : Exception
{
    /// <summary>Creates the exception; the message says what failed, where, and what to do.</summary>
    public TransportException(TransportFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>What kind of failure it was.</summary>
    public TransportFault Fault { get; }
}
