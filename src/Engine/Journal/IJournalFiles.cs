namespace AgentDeck.Engine.Journal;

/// <summary>
/// One folder of files that are their owner's alone. Calls may fail with <see cref="IOException"/> or
/// <see cref="UnauthorizedAccessException"/>. What was created or renamed outlives a power cut only after <see cref="Sync"/>.
/// </summary>
internal interface IJournalFiles
{
    /// <summary>The whole path of a file, for messages.</summary>
    string PathOf(string name);

    /// <summary>Makes the folder when absent, and takes it from everybody but its owner.</summary>
    void Prepare();

    /// <summary>Takes the exclusive right to write here, or says who has it.</summary>
    JournalLock Lock(JournalHolder who);

    /// <summary>The whole content of a file, or null when there is none.</summary>
    byte[]? Read(string name);

    /// <summary>Makes an empty file, in place of one that is there.</summary>
    IJournalFile Create(string name);

    /// <summary>Gives a file another name, in place of one that has it, in one step.</summary>
    void Rename(string from, string to);

    /// <summary>Removes a file if it is there and can be removed; never fails.</summary>
    void Delete(string name);

    /// <summary>The names of the files that begin so, in ordinal order; none when the folder cannot be read.</summary>
    IReadOnlyList<string> NamesOf(string beginning);

    /// <summary>Returns when the names of the files are on disk.</summary>
    void Sync();
}
