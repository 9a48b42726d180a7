namespace AgentDeck.Engine.Journal;

/// <summary>A file on disk.</summary>
internal sealed class DiskJournalFile(FileStream file) : IJournalFile
{
    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes) => file.Write(bytes);

    /// <inheritdoc/>
    public void Sync() => file.Flush(flushToDisk: true);

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
