using System.Globalization;
using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Attach;

/// <summary>Opens an agent's client again after its stream was cut, with growing pauses, until the operator gives up by the detach key.</summary>
/// <param name="terminal">The operator's terminal, whose last row tells what happens.</param>
/// <param name="detachKey">The key that gives up.</param>
/// <param name="openAsync">Opens a client.</param>
/// <param name="whyNot">Why there is nothing to attach to any more, or null while there may be.</param>
/// <param name="time">The clock.</param>
internal sealed class AttachAgain(ITerminalLease terminal, KeyChord detachKey, Func<CancellationToken, Task<ICommandStream>> openAsync, Func<string?> whyNot, TimeProvider time)
{
    private const int KeysSize = 1024;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Returns a client, or how it ended without one.</summary>
    /// <param name="cut">What is known of the cut.</param>
    /// <param name="cancellationToken">Ends it from outside.</param>
    public async Task<(ICommandStream? Client, AttachResult End)> RunAsync(string cut, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var leaving = WaitForLeavingAsync(stop.Token);
        var opening = OpenAsync(cut, stop.Token);
        var first = await Task.WhenAny(opening, leaving);
        await stop.CancelAsync();
        var opened = await Quietly(opening);
        var left = await Quietly(leaving);
        cancellationToken.ThrowIfCancellationRequested();
        if (first == opening)
        {
            return opened;
        }

        if (opened.Client is { } late)
        {
            await late.DisposeAsync();
        }

        return (null, left);
    }

    private static async Task<T?> Quietly<T>(Task<T> task)
    {
        try
        {
            return await task;
        }
        catch (OperationCanceledException)
        {
            return default;
        }
    }

    private async Task<(ICommandStream? Client, AttachResult End)> OpenAsync(string cut, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            await TellAsync(cut, cancellationToken);
            await Task.Delay(pause, time, cancellationToken);
            if (whyNot() is { } reason)
            {
                return (null, new AttachResult(AttachEnd.Ended, reason));
            }

            try
            {
                return (await openAsync(cancellationToken), default);
            }
            catch (TransportException failure)
            {
                cut = failure.Message;
            }
        }
    }

    // The client left the terminal as it was: no mouse report may come from it, and its screen stays above the notice.
    private async Task TellAsync(string cut, CancellationToken cancellationToken)
    {
        var size = terminal.Size;
        var text = TextMeasure.Cut(PlainText.Sanitize($" Connection lost, attaching again; {KeyLabel.Of(detachKey)} gives up. {cut}"), size.Width);
        var row = size.Height.ToString(CultureInfo.InvariantCulture);
        await terminal.WriteAsync(Encoding.UTF8.GetBytes($"\e[?1000;1002;1003;1006l\e[r\e[{row};1H\e[0;7m{text}\e[K\e[0m"), cancellationToken);
    }

    private async Task<AttachResult> WaitForLeavingAsync(CancellationToken cancellationToken)
    {
        var filter = new DetachKeyFilter(detachKey);
        var keys = new byte[KeysSize];
        while (true)
        {
            var read = await terminal.ReadAsync(keys, cancellationToken);
            if (read == 0)
            {
                return new AttachResult(AttachEnd.TerminalClosed, "the terminal went away");
            }

            // Nobody is there to take what is typed meanwhile.
            if (filter.Process(keys.AsSpan(0, read), new System.Buffers.ArrayBufferWriter<byte>()))
            {
                return new AttachResult(AttachEnd.Detached, "detached while its connection was lost; it may still run");
            }
        }
    }
}
