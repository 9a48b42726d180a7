namespace AgentDeck.Engine.Journal;

/// <summary>Tells that files of a folder changed.</summary>
internal static class JournalWatch
{
    /// <summary>Calls back after files were written, made or renamed, on any thread, until disposed; null where the system cannot watch.</summary>
    public static IDisposable? Start(string folder, string pattern, Action changed)
    {
        var watcher = default(FileSystemWatcher);
        try
        {
            watcher = new FileSystemWatcher(folder, pattern) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
            watcher.Changed += (_, _) => changed();
            watcher.Created += (_, _) => changed();
            watcher.Renamed += (_, _) => changed();
            watcher.Error += (_, _) => changed();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or UnauthorizedAccessException)
        {
            watcher?.Dispose();
            return null;
        }
    }
}
