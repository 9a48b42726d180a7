namespace AgentDeck.Tui.Terminal.Ansi;

/// <summary>The DEC special graphics set, which tmux brackets with SO and SI in captures.</summary>
internal static class LineDrawing
{
    // For the bytes 0x60 to 0x7e.
    private const string Shapes = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    /// <summary>What a printable ASCII byte stands for while the set is active.</summary>
    public static int Glyph(byte value) => value switch
    {
        (byte)'_' => 0,
        >= 0x60 and <= 0x7e => Shapes[value - 0x60],
        _ => value,
    };
}
