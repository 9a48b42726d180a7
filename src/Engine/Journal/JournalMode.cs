namespace AgentDeck.Engine.Journal;

/// <summary>What an open journal does with what is recorded.</summary>
internal enum JournalMode
{
    /// <summary>It is the only one that writes the file.</summary>
    Writing,

    /// <summary>Another engine writes the file: this one read it once, what it records stays in its memory, and it takes over when the other ends.</summary>
    Observing,

    /// <summary>The file or its folder cannot be used: what is recorded stays in memory until they can.</summary>
    MemoryOnly,
}
