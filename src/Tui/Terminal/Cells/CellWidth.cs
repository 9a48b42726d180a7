using System.Text;

namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>How many cells a grapheme cluster takes: 0, 1 or 2.</summary>
internal static class CellWidth
{
    /// <summary>The width of one cluster.</summary>
    public static int Of(ReadOnlySpan<char> cluster)
    {
        if (cluster.Length == 1 && cluster[0] is >= ' ' and < '\u007f')
        {
            return 1;
        }

        Rune.DecodeFromUtf16(cluster, out var first, out _);
        return first.Value switch
        {
            < 0x20 => 0,
            >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0x303E or >= 0x3041 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3
                or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6
                or >= 0x1F300 and <= 0x1F64F or >= 0x1F900 and <= 0x1F9FF or >= 0x20000 and <= 0x3FFFD => 2,
            _ => 1,
        };
    }
}
