using System.Threading.Channels;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Terminal.Rendering;

namespace AgentDeck.Tui.Terminal;

/// <summary>
/// A full-screen terminal: the door behind which a toolkit package can take the place of our own. No escape sequence ever
/// crosses it. Disposing leaves the terminal as it was before.
/// </summary>
internal interface IScreenHost : IAsyncDisposable
{
    /// <summary>The terminal's size now.</summary>
    CellSize Size { get; }

    /// <summary>How many colours it shows.</summary>
    ColorDepth Depth { get; }

    /// <summary>What the terminal tells us; completes after <see cref="TerminalClosed"/>. Bounded, resizes merge.</summary>
    ChannelReader<TerminalEvent> Events { get; }

    /// <summary>
    /// Shows a frame: one write with what differs from the frame before. Returns when it was written. The buffer may be
    /// drawn into again afterwards.
    /// </summary>
    ValueTask PresentAsync(ScreenBuffer frame, ScreenState state, CancellationToken cancellationToken);

    /// <summary>Sends a text to the clipboard of the operator's terminal (OSC 52).</summary>
    ValueTask CopyAsync(string text, CancellationToken cancellationToken);

    /// <summary>
    /// Asks for the operator's attention. While the screen is lent others write to it, and it is asked when that is over, by the last text for all;
    /// a screen that was given back for good is not asked.
    /// </summary>
    /// <param name="bell">Whether to ring.</param>
    /// <param name="text">What the terminal shows on the desktop (OSC 9), or null; control characters in it are blanks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask AlertAsync(bool bell, string? text, CancellationToken cancellationToken);

    /// <summary>Hands the terminal to somebody else (attach) until the lease is disposed; afterwards everything is painted anew.</summary>
    ValueTask<ITerminalLease> LeaseAsync(CancellationToken cancellationToken);

    /// <summary>Restores the terminal and stops this process as <c>Ctrl-Z</c> does; <see cref="TerminalResumed"/> follows when it goes on.</summary>
    ValueTask SuspendAsync(CancellationToken cancellationToken);
}
