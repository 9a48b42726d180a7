using System.Runtime.CompilerServices;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources;

/// <summary>A pane on screen that is looked at again and again, where no stream tells of its output.</summary>
/// <param name="agent">Whose pane it is.</param>
/// <param name="client">Captures it.</param>
/// <param name="paneId">The pane, for example <c>%3</c>.</param>
/// <param name="isNeeded">Whether there is still no stream; once there is one this watch ends, so that its reader watches anew.</param>
/// <param name="time">The clock.</param>
internal sealed class TmuxIntervalWatch(AgentId agent, ITmuxClient client, string paneId, Func<bool> isNeeded, TimeProvider time) : IPaneWatch
{
    /// <summary>The time between two looks.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Pulse _look = new();

    /// <inheritdoc/>
    public void MarkDirty() => _look.Set();

    /// <inheritdoc/>
    public async IAsyncEnumerable<PaneCapture> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TmuxCapture? last = null;
        while (isNeeded())
        {
            var capture = await CaptureAsync(cancellationToken);
            if (last is null || last.Metadata != capture.Metadata || !last.Content.Span.SequenceEqual(capture.Content.Span))
            {
                last = capture;
                yield return new PaneCapture(agent, 0, PaneContentKind.Screen, time.GetUtcNow(), capture.Content, capture.Metadata);
            }

            await WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<TmuxCapture> CaptureAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TmuxPaneReader.CaptureAsync(client, paneId, historyLines: 0, cancellationToken);
        }
        catch (TmuxException failure)
        {
            throw TmuxFailures.ToTransport(failure);
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var due = new CancellationTokenSource(Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, due.Token);
        try
        {
            await _look.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }
}
