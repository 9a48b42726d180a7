using System.Collections.Concurrent;
using AgentDeck.Engine.Journal;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources;

/// <summary>
/// Turns at a server of this machine, between all decks: a lock on a file beside the server's socket, which the kernel
/// releases when a deck dies. The server and its clients never look at that file.
/// </summary>
/// <param name="socketPath">The server's socket, see <see cref="SocketPath"/>.</param>
/// <param name="time">The clock.</param>
internal sealed class LocalTurns(string socketPath, TimeProvider time) : ITmuxTurns
{
    /// <summary>How long to wait for a turn at most; then the holder hangs or was stopped, and waiting longer helps nobody.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(5);

    // In order within this process, and without looking at the file again and again.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> InProcess = new(StringComparer.Ordinal);

    /// <summary>The file that is locked.</summary>
    internal static string FileOf(string socketPath) => socketPath + ".agentdeck";

    /// <inheritdoc/>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var mine = InProcess.GetOrAdd(socketPath, static _ => new SemaphoreSlim(1, 1));
        SemaphoreSlim? entered = null;
        try
        {
            await mine.WaitAsync(either.Token);
            entered = mine;
            return new Turn(entered, await LockAsync(either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Turn(entered, null);
        }
        catch
        {
            entered?.Release();
            throw;
        }
    }

    private async Task<FileStream?> LockAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(FileOf(socketPath), new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                    BufferSize = 0,
                });
            }
            catch (IOException failure) when (failure.HResult == JournalNative.WouldBlock)
            {
                await Task.Delay(BetweenTries, time, cancellationToken);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // There is no folder yet, so no server to protect; or nothing can be written there: the turns are then those of this process.
                return null;
            }
        }
    }

    private sealed class Turn(SemaphoreSlim? inProcess, FileStream? file) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                file?.Dispose();
                inProcess?.Release();
            }
        }
    }
}
