using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AgentDeck.Engine.Tmux;

/// <summary>
/// Follows one pane that is on screen: yields a capture at the start and after every change, at most one each
/// <see cref="Interval"/>. The tap's link must be attached to the pane's own session, because only such a one is told of output.
/// </summary>
/// <remarks>
/// A flood costs one burst a capture: the tap pauses the pane at its first output, and the line that captures continues it
/// before it looks. The server does such a line in one go, so what was printed before is in the capture and what is printed
/// after marks the pane again: nothing is lost between the two.
/// </remarks>
internal sealed class TmuxPaneWatch(TmuxOutputTap tap, string paneId, TimeProvider timeProvider)
{
    /// <summary>The shortest time between two captures: 30 a second.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(33);

    private readonly TmuxCommandLine _capture =
        TmuxCommandLine.Of("refresh-client", "-A", $"{paneId}:continue").Then(TmuxPaneReader.CommandLine(paneId, 0));

    private readonly Channel<bool> _dirty = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Asks for a fresh capture: for changes that come without output, such as copy mode, a resize or a program's end. Safe from any thread.</summary>
    public void MarkDirty() => _dirty.Writer.TryWrite(true);

    /// <summary>Captures until the link ends or the caller stops. One enumeration only.</summary>
    /// <exception cref="TmuxException">The pane is gone or the link ended.</exception>
    public async IAsyncEnumerable<TmuxCapture> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var link = tap.Link;
        using var listening = await tap.ListenAsync(paneId, MarkDirty, () => _dirty.Writer.TryComplete());
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

        throw new TmuxException(TmuxFault.Cut, $"tmux on {link.Address}: the control stream of pane {paneId} ended");
    }
}
