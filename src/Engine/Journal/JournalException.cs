namespace AgentDeck.Engine.Journal;

/// <summary>The journal refused to be opened or to take an entry. Failures of the disk are never exceptions, see <see cref="IJournal.Degraded"/>.</summary>
internal sealed class JournalException : Exception
{
    /// <summary>Creates the exception; the message says what is wrong, where, and what to do.</summary>
    public JournalException(JournalFault fault, string message)
        : base(message) => Fault = fault;

    /// <summary>What was refused.</summary>
    public JournalFault Fault { get; }
}
