namespace AgentDeck.Tui.Terminal.Ansi;

/// <summary>
/// One escape sequence inside a row of captured text, found by the rules of ECMA-48: CSI, the string sequences (OSC, DCS,
/// APC, PM, SOS and screen's title) up to their terminator, and short ones. A control character aborts it, a line feed always does, so that
/// a sequence that never ends costs one row and no memory.
/// </summary>
/// <param name="Kind">The byte after Escape: <c>[</c> for CSI, <c>]</c> for OSC and so on; 0 for one that is broken.</param>
/// <param name="Start">Where its content starts: after the introducer.</param>
/// <param name="End">The end of its content: where the final byte or the terminator is.</param>
/// <param name="Next">Where the text goes on.</param>
internal readonly record struct EscapeSequence(byte Kind, int Start, int End, int Next)
{
    private const byte Bell = 0x07;
    private const byte Escape = 0x1b;

    /// <summary>Finds the sequence whose Escape is at <paramref name="at"/>.</summary>
    public static EscapeSequence At(ReadOnlySpan<byte> text, int at)
    {
        var start = at + 2;
        if (at + 1 >= text.Length)
        {
            return Broken(text.Length);
        }

        return text[at + 1] switch
        {
            (byte)'[' => Control(text, start),
            (byte)']' => String((byte)']', text, start),
            (byte)'P' or (byte)'_' or (byte)'^' or (byte)'X' or (byte)'k' => String(text[at + 1], text, start),
            >= 0x20 and <= 0x2f => Short(text, at + 1),
            >= 0x30 and <= 0x7e => new EscapeSequence(text[at + 1], start, start, start),
            _ => Broken(at + 1),
        };
    }

    private static EscapeSequence Broken(int next) => new(0, next, next, next);

    private static EscapeSequence Control(ReadOnlySpan<byte> text, int start)
    {
        var end = start;
        while (end < text.Length && text[end] is >= 0x20 and <= 0x3f)
        {
            end++;
        }

        return end < text.Length && text[end] is >= 0x40 and <= 0x7e
            ? new EscapeSequence((byte)'[', start, end, end + 1)
            : Broken(end);
    }

    private static EscapeSequence String(byte kind, ReadOnlySpan<byte> text, int start)
    {
        for (var end = start; end < text.Length; end++)
        {
            var value = text[end];
            if (value == Escape)
            {
                return end + 1 < text.Length && text[end + 1] == '\\' ? new EscapeSequence(kind, start, end, end + 2) : Broken(end);
            }

            if (value == Bell && kind == ']')
            {
                return new EscapeSequence(kind, start, end, end + 1);
            }

            // Line feed, CAN and SUB.
            if (value is (byte)'\n' or 0x18 or 0x1a)
            {
                return Broken(end);
            }
        }

        return Broken(text.Length);
    }

    private static EscapeSequence Short(ReadOnlySpan<byte> text, int start)
    {
        var end = start;
        while (end < text.Length && text[end] is >= 0x20 and <= 0x2f)
        {
            end++;
        }

        return end < text.Length && text[end] is >= 0x30 and <= 0x7e ? new EscapeSequence(text[start], end, end, end + 1) : Broken(end);
    }
}
