using System.Buffers;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Rendering;

/// <summary>
/// Turns the difference between two frames into the bytes that make a terminal show the second one. Every frame starts and
/// ends with a plain pen, automatic wrap on and no open link, so that frames stand on their own; what a frame writes is
/// wrapped in a synchronized update (DEC 2026). Stateless, without allocation; equal frames give no byte.
/// </summary>
internal static class ScreenDiff
{
    /// <summary>Appends what makes the terminal show <paramref name="next"/> instead of <paramref name="previous"/>.</summary>
    /// <param name="previous">What the terminal shows, with the same tables as <paramref name="next"/>; null or another size erases and paints everything.</param>
    /// <param name="next">What it is to show.</param>
    /// <param name="previousState">What came with the frame before; null when it is not known.</param>
    /// <param name="nextState">Cursor, title and mouse; a cursor outside the frame is hidden, the title is sanitised and cut.</param>
    /// <param name="depth">The colours of the terminal.</param>
    /// <param name="output">Where the bytes go; nothing is written when nothing differs.</param>
    public static void Encode(
        ScreenBuffer? previous,
        ScreenBuffer next,
        ScreenState? previousState,
        ScreenState nextState,
        ColorDepth depth,
        IBufferWriter<byte> output)
    {
        if (previous is not null && previous.Size != next.Size)
        {
            previous = null;
        }

        var encoder = new FrameEncoder(previous, next, previousState, nextState, depth, output);
        encoder.Run();
    }
}
