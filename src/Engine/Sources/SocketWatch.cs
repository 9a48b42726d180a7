using AgentDeck.Engine.Store;

namespace AgentDeck.Engine.Sources;

/// <summary>
/// Waits for a tmux server of this machine to appear, by its socket. Where the folder cannot be watched, or does not exist
/// yet, and for servers whose socket is left from before, a slow check stands in.
/// </summary>
internal sealed class SocketWatch : IDisposable
{
    /// <summary>How long to wait at most before looking all the same.</summary>
    internal static readonly TimeSpan SlowCheck = TimeSpan.FromSeconds(30);

    private readonly Pulse _pulse = new();
    private readonly FileSystemWatcher? _watcher;

    /// <summary>Starts to watch.</summary>
    /// <param name="socketPath">The socket, see <see cref="SocketPath"/>.</param>
    public SocketWatch(string socketPath)
    {
        // The folder itself appears with the first server of a user: then its own appearance is waited for, and the next watch finds it.
        var awaited = Directory.Exists(Path.GetDirectoryName(socketPath)) ? socketPath : Path.GetDirectoryName(socketPath);
        if (Path.GetDirectoryName(awaited) is not { } folder || !Directory.Exists(folder))
        {
            return;
        }

        try
        {
            _watcher = new FileSystemWatcher(folder, Path.GetFileName(awaited)!) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.Attributes };
            _watcher.Created += (_, _) => _pulse.Set();
            _watcher.Changed += (_, _) => _pulse.Set();
            _watcher.Renamed += (_, _) => _pulse.Set();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Out of watches, for example: the slow check remains.
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    /// <summary>Ends the wait now, because something is known to have started the server.</summary>
    public void Poke() => _pulse.Set();

    /// <summary>Waits until the server may have appeared.</summary>
    /// <param name="atMost">When to look all the same.</param>
    /// <param name="time">The clock of that.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether something happened; false when the time was up.</returns>
    public async Task<bool> WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await _pulse.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _watcher?.Dispose();
}
