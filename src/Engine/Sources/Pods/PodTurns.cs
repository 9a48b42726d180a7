using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// Turns at the tmux server in one pod, between everything in this process that uses it. What other decks do there cannot be kept
/// apart from it: a lock in the pod would cost a stream.
/// </summary>
internal sealed class PodTurns(TimeProvider time) : ITmuxTurns
{
    /// <summary>How long to wait for a turn at most.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_gate)
        {
            before = _last;
            _last = mine.Task;
        }

        try
        {
            await before.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Its holder hangs: nobody waits for that one any more.
        }
        catch (OperationCanceledException)
        {
            _ = before.ContinueWith(_ => mine.TrySetResult(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }

        return new Turn(mine);
    }

    private sealed class Turn(TaskCompletionSource ended) : IDisposable
    {
        public void Dispose() => ended.TrySetResult();
    }
}
