using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>
/// Works off a queue with a bounded number of workers. A pass that throws is logged and tried again later, longer each time; it
/// delays nobody else's.
/// </summary>
/// <param name="queue">What needs a look.</param>
/// <param name="reconcile">One pass over one key; tells after what time to look again, or null.</param>
/// <param name="workers">How many passes at once.</param>
/// <param name="load">Where passes are counted.</param>
/// <param name="logger">Where failures go.</param>
internal sealed partial class Controller<TKey>(
    WorkQueue<TKey> queue, Func<TKey, CancellationToken, Task<TimeSpan?>> reconcile, int workers, ReconcileLoad load, ILogger logger)
    where TKey : notnull
{
    /// <summary>Works until cancelled; passes that run then are cancelled, too, and waited for.</summary>
    /// <param name="resting">Begins no more passes; those that run are waited for.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task RunAsync(CancellationToken resting, CancellationToken cancellationToken)
    {
        using var taking = CancellationTokenSource.CreateLinkedTokenSource(resting, cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(taking.Token, cancellationToken)));
    }

    private async Task WorkAsync(CancellationToken taking, CancellationToken cancellationToken)
    {
        while (!taking.IsCancellationRequested)
        {
            TKey key;
            try
            {
                key = await queue.TakeAsync(taking);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                await PassAsync(key, cancellationToken);
            }
            finally
            {
                queue.Done(key);
            }
        }
    }

    private async Task PassAsync(TKey key, CancellationToken cancellationToken)
    {
        var began = load.Now;
        try
        {
            var again = await reconcile(key, cancellationToken);
            load.Note(began, failed: false);
            queue.Forgive(key);
            if (again is { } wait)
            {
                queue.AddAfter(key, wait);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // The boundary of reconciling: a fault in one agent's pass must not end the loop.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            load.Note(began, failed: true);
            LogFailed(logger, failure, key);
            queue.AddFailed(key);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the pass over {Key} failed; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception failure, TKey key);
}
