using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AgentDeck.Engine.Tmux;

/// <summary>
/// Follows one pane that is on screen: yields a capture at the start and after every change, at most one each
/// <see cref="Interval"/>. Needs a link of its own, attached to the pane's own session, because only such a one is told of
/// output; dispose of the link after the watch.
/// </summary>
/// <remarks>
/// A flood costs one burst a capture: the first output pauses the pane for this client, which drops further output in the
/// server, and the line that captures continues it before it looks. The server does such a line in one go, so what was
/// printed before is in the capture and what is printed after marks the pane again: nothing is lost between the two. The
/// client flag <c>no-output</c> will not do for this: tmux 3.3a forgets what it has queued whenever the flag is set or lifted,
/// and then waits for it for ever. So it is lifted once, before there is any output.
/// </remarks>
internal sealed class TmuxPaneWatch(TmuxLink link, string paneId, TimeProvider timeProvider)
{
    /// <summary>The shortest time between two captures: 30 a second.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(33);

    private static readonly TmuxCommandLine Listen = TmuxCommandLine.Of("refresh-client", "-f", "!no-output");

    private readonly TmuxCommandLine _capture =
        TmuxCommandLine.Of("refresh-client", "-A", $"{paneId}:continue").Then(TmuxPaneReader.CommandLine(paneId, 0));

    private readonly Channel<bool> _dirty = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Asks for a fresh capture: for changes that come without output, such as copy mode, a resize or a program's end. Safe from any thread.</summary>
    public void MarkDirty() => _dirty.Writer.TryWrite(true);

    /// <summary>Captures until the link ends or the caller stops. One enumeration at a time.</summary>
    /// <exception cref="TmuxException">The pane is gone or the link ended.</exception>
    public async IAsyncEnumerable<TmuxCapture> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listening = ListenAsync(stopping.Token);
        try
        {
            await link.RequireAsync(Listen, cancellationToken);
            MarkDirty();
            while (await _dirty.Reader.WaitToReadAsync(cancellationToken))
            {
                _dirty.Reader.TryRead(out _);
                var started = timeProvider.GetTimestamp();
                var replies = await link.RequireAsync(_capture, cancellationToken);
                yield return await TmuxPaneReader.LastScreenAsync(link, TmuxPaneReader.Read(replies, link.Address), cancellationToken);

                if (Interval - timeProvider.GetElapsedTime(started) is { Ticks: > 0 } rest)
                {
                    await Task.Delay(rest, timeProvider, cancellationToken);
                }
            }

            await listening;
            throw new TmuxException(TmuxFault.Cut, $"tmux on {link.Address}: the control stream of pane {paneId} ended");
        }
        finally
        {
            await stopping.CancelAsync();
            await StopAsync(listening);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var output in link.ReadOutputAsync(cancellationToken))
            {
                // The capture that the mark causes continues the pane. Other panes of the session stay paused for this client.
                await link.ExecuteAsync(TmuxCommandLine.Of("refresh-client", "-A", $"{output.PaneId}:pause"), cancellationToken);
                if (output.PaneId == paneId)
                {
                    MarkDirty();
                }
            }
        }
        finally
        {
            _dirty.Writer.TryComplete();
        }
    }

    private static async Task StopAsync(Task listening)
    {
        try
        {
            await listening;
        }
        catch (Exception failure) when (failure is OperationCanceledException or TmuxException)
        {
            // It was stopped, or the link ended, which the reader has learned already.
        }
    }
}
