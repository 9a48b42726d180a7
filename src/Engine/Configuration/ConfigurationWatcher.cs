namespace AgentDeck.Engine.Configuration;

/// <summary>
/// Watches a configuration file and reads it again after each change: written in place, replaced by renaming (as most
/// editors save), deleted, or created again. A broken or deleted file is a result with problems and without a
/// configuration; the consumer keeps its last good one.
/// </summary>
public sealed class ConfigurationWatcher : IDisposable
{
    /// <summary>How long a file must be left alone before it is read: editors save in several steps.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private readonly string _absolute;
    private readonly string _path;
    private readonly ITimer _timer;
    private readonly Action<ConfigurationResult> _changed;
    private readonly Func<ConfigurationResult> _load;
    private readonly Lock _gate = new();
    private FileSystemWatcher? _files;
    private bool _disposed;

    /// <summary>
    /// Starts watching, also for the folders of the file that do not exist yet. Where the system cannot watch (no more handles)
    /// nothing is reported and <see cref="Fault"/> says why.
    /// </summary>
    /// <param name="loader">Checks the content.</param>
    /// <param name="path">The file, as problems name it.</param>
    /// <param name="currentDirectory">What a relative <paramref name="path"/> is relative to; absolute.</param>
    /// <param name="timeProvider">Measures the quiet time.</param>
    /// <param name="changed">Gets every result, one at a time, on a pool thread. Must not throw.</param>
    public ConfigurationWatcher(
        ConfigurationLoader loader,
        string path,
        string currentDirectory,
        TimeProvider timeProvider,
        Action<ConfigurationResult> changed)
    {
        _changed = changed;
        (_path, _absolute) = (path, Path.GetFullPath(path, currentDirectory));
        _load = () => ConfigurationFile.Load(loader, path, currentDirectory);
        _timer = timeProvider.CreateTimer(_ => Report(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            FollowNeedsLock();
        }
    }

    /// <summary>Why the file is not watched, in words for the operator; null when it is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Stops watching; nothing is reported once this has returned.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _files?.Dispose();
        }

        _timer.Dispose();
    }

    /// <summary>Says that the file may have changed; it is read when it was left alone for <see cref="Quiet"/>.</summary>
    internal void Touch() => _timer.Change(Quiet, Timeout.InfiniteTimeSpan);

    // Under the lock, so that results come in the order of the file's states.
    private void Report()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                FollowNeedsLock();
                _changed(_load());
            }
        }
    }

    // Watched anew after every change, because a folder that came back is another folder.
    private void FollowNeedsLock()
    {
        (string Folder, string Name) place;
        do
        {
            place = NearestPlace();
            Watch(place.Folder, place.Name);
        }
        while (place != NearestPlace());
    }

    // The folder is watched and not the file: a file replaced by renaming is another file. Where the folder does not exist,
    // the nearest one above it tells when the way to the file becomes longer.
    private (string Folder, string Name) NearestPlace()
    {
        var (folder, name) = (Path.GetDirectoryName(_absolute)!, Path.GetFileName(_absolute));
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above)
        {
            (folder, name) = (above, Path.GetFileName(folder));
        }

        return (folder, name);
    }

    private void Watch(string folder, string name)
    {
        _files?.Dispose();
        try
        {
            _files = new FileSystemWatcher(folder, name)
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            _files.Changed += (_, _) => Touch();
            _files.Created += (_, _) => Touch();
            _files.Deleted += (_, _) => Touch();
            _files.Renamed += (_, _) => Touch();
            _files.Error += (_, _) => Touch();
            _files.EnableRaisingEvents = true;
            Fault = null;
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            _files?.Dispose();
            _files = null;
            Fault = $"{_path} is not watched for changes ({error.Message}); restart the deck after editing it";
        }
    }
}
