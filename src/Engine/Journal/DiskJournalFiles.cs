namespace AgentDeck.Engine.Journal;

/// <summary>A folder on disk, mode 0700, with files of mode 0600 from their first byte on.</summary>
/// <param name="directory">The folder; absolute.</param>
internal sealed class DiskJournalFiles(string directory) : IJournalFiles
{
    /// <summary>The file whose lock is the right to write. It is never deleted: a second one beside it could be locked, too.</summary>
    internal const string LockFile = "journal.lock";

    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    /// <inheritdoc/>
    public string PathOf(string name) => Path.Combine(directory, name);

    /// <inheritdoc/>
    public void Prepare()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, OwnersFolder);
        if (File.GetUnixFileMode(directory) != OwnersFolder)
        {
            File.SetUnixFileMode(directory, OwnersFolder);
        }
    }

    /// <inheritdoc/>
    public JournalLock Lock(JournalHolder who) => JournalLock.Take(PathOf(LockFile), who);

    /// <inheritdoc/>
    public byte[]? Read(string name)
    {
        try
        {
            using var file = Open(name, FileMode.Open, FileAccess.Read);
            using var content = new MemoryStream();
            file.CopyTo(content);
            return content.ToArray();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IJournalFile Create(string name)
    {
        // A file that is there keeps its mode when it is opened, and may be a link to somewhere else.
        File.Delete(PathOf(name));
        return new DiskJournalFile(Open(name, FileMode.CreateNew, FileAccess.Write));
    }

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(PathOf(from), PathOf(to), overwrite: true);

    /// <inheritdoc/>
    public void Delete(string name)
    {
        try
        {
            File.Delete(PathOf(name));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way: the next file of this name replaces it.
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> NamesOf(string beginning)
    {
        try
        {
            return [.. Directory.EnumerateFiles(directory, beginning + "*").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public void Sync() => JournalNative.SyncFolder(directory);

    /// <summary>How files are opened here: without a buffer, and made for their owner alone.</summary>
    internal static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && access != FileAccess.Read)
        {
            options.UnixCreateMode = OwnersFile;
        }

        return options;
    }

    private FileStream Open(string name, FileMode mode, FileAccess access) =>
        new(PathOf(name), Options(mode, access, FileShare.ReadWrite | FileShare.Delete));
}
