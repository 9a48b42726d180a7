namespace AgentDeck.Engine.Journal;

/// <summary>Where the journal draws its lines.</summary>
internal sealed record JournalLimits
{
    /// <summary>A snapshot is written after so many entries.</summary>
    public int EntriesPerSnapshot { get; init; } = 10_000;

    /// <summary>A snapshot is written after so many bytes of entries, or as many as the snapshot before had if those were more.</summary>
    public long BytesPerSnapshot { get; init; } = 4 << 20;

    /// <summary>The bytes of the longest line.</summary>
    public int LongestLine { get; init; } = 1 << 20;

    /// <summary>How many bytes wait for a slow or failing disk; beyond it they are let go and the next write is a snapshot.</summary>
    public int MostWaiting { get; init; } = 16 << 20;
}
