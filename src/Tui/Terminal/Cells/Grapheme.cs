using System.Globalization;
using System.Text;

namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>Cuts text into extended grapheme clusters (UAX #29): what a reader takes for one character.</summary>
internal static class Grapheme
{
    // Below it no character joins the one before it.
    private const char FirstMark = '\u0300';

    /// <summary>The length of the first cluster in UTF-16 units; 0 for an empty text.</summary>
    public static int NextLength(ReadOnlySpan<char> text) =>
        !text.IsEmpty && text[0] is >= ' ' and < FirstMark && (text.Length == 1 || text[1] < FirstMark)
            ? 1
            : StringInfo.GetNextTextElementLength(text);

    /// <summary>The length of the last cluster in UTF-16 units; 0 for an empty text.</summary>
    public static int LastLength(ReadOnlySpan<char> text)
    {
        // Clusters are only defined from the start; a line feed always begins anew.
        var from = text.IsEmpty ? 0 : text[..^1].LastIndexOf('\n') + 1;
        var length = 0;
        while (from < text.Length)
        {
            length = NextLength(text[from..]);
            from += length;
        }

        return length;
    }

    /// <summary>Whether a code point must never reach a terminal: controls, separators of lines, noncharacters, and what changes the order of writing.</summary>
    public static bool IsHostile(int codePoint) => codePoint switch
    {
        < 0x20 or >= 0x7F and < 0xA0 => true,
        < 0x61C => false,
        0x61C or 0x200E or 0x200F or >= 0x2028 and <= 0x202E or >= 0x2066 and <= 0x206F or >= 0xFFF9 and <= 0xFFFB or 0xFFFE or 0xFFFF => true,
        _ => !Rune.IsValid(codePoint),
    };
}
