namespace AgentDeck.Engine.Journal;

/// <summary>What was wrong with a file that was read.</summary>
internal enum JournalFlaw
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its end was not written completely: a crash in the midst of writing. Nothing that was on disk for certain is lost.</summary>
    Torn,

    /// <summary>Something before its end is not what was written.</summary>
    Damaged,
}
