namespace AgentDeck.Engine.Journal;

/// <summary>A file that only grows at its end. Every call may fail with an <see cref="IOException"/>, having done its work in part.</summary>
internal interface IJournalFile : IDisposable
{
    /// <summary>Writes at the end.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Returns when everything written is on disk. After a failure nothing written to this file can be relied on any more.</summary>
    void Sync();
}
