namespace AgentDeck.Engine.Journal;

/// <summary>What the journal refuses.</summary>
internal enum JournalFault
{
    /// <summary>The file was written by a newer program in a format that this one cannot read.</summary>
    NewerFormat,

    /// <summary>What shall be recorded makes a line longer than a line may be.</summary>
    LineTooLong,
}
