using System.Globalization;
using System.Text;

namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>
/// How many cells text takes on a terminal. Ambiguous characters are narrow; control, format and combining characters take
/// no cell of their own; U+FE0F makes an emoji wide; U+FE0E does not make one narrow, because few terminals obey it and a
/// blank half is the smaller harm.
/// </summary>
internal static partial class CellWidth
{
    private const int TextPresentation = 0xFE0E;
    private const int EmojiPresentation = 0xFE0F;

    /// <summary>The cells of one grapheme cluster: 0, 1 or 2.</summary>
    public static int Of(ReadOnlySpan<char> cluster)
    {
        if (cluster.Length == 1)
        {
            return Of(cluster[0]);
        }

        var widest = 0;
        var before = 0;
        foreach (var rune in cluster.EnumerateRunes())
        {
            var width = rune.Value == EmojiPresentation && Contains(WideAsEmoji, before) ? 2
                : IsRegionalIndicator(rune.Value) && IsRegionalIndicator(before) ? 2
                : IsSpacingVowel(rune.Value) && before != 0 ? 2
                : Of(rune.Value);
            widest = Math.Max(widest, width);
            before = rune.Value;
        }

        return widest;
    }

    /// <summary>The cells of one code point on its own: 0, 1 or 2. Surrogates count as the one cell of U+FFFD.</summary>
    public static int Of(int codePoint) => codePoint switch
    {
        < 0x20 => 0,
        < 0x7F => 1,
        < 0xA0 => 0,
        < 0x300 => 1,
        >= 0x2500 and < 0x25FD => 1,
        >= 0x4E00 and < 0xA000 => 2,
        >= 0xD800 and < 0xE000 => 1,
        _ => IsInvisible(codePoint) ? 0 : Contains(Wide, codePoint) ? 2 : 1,
    };

    /// <summary>
    /// How many cells more than <see cref="Of(ReadOnlySpan{char})"/> a terminal takes that advances by each code point on its own,
    /// or -1 when every terminal agrees about the cluster.
    /// </summary>
    public static int Overhang(ReadOnlySpan<char> cluster)
    {
        var sum = 0;
        var certain = true;
        foreach (var rune in cluster.EnumerateRunes())
        {
            certain &= sum == 0 || IsPlainMark(rune);
            sum += Of(rune.Value);
        }

        return certain ? -1 : Math.Max(0, sum - Of(cluster));
    }

    private static bool IsRegionalIndicator(int codePoint) => codePoint is >= 0x1F1E6 and <= 0x1F1FF;

    // Thai and Lao am: one cluster with its consonant, yet it stands beside it.
    private static bool IsSpacingVowel(int codePoint) => codePoint is 0xE33 or 0xEB3;

    private static bool IsPlainMark(Rune rune) =>
        rune.Value is not (TextPresentation or EmojiPresentation or 0x20E3)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsInvisible(int codePoint) => codePoint switch
    {
        // Vowels and final consonants of Hangul join the syllable before them; the fillers show nothing.
        >= 0x1160 and <= 0x11FF or >= 0xD7B0 and <= 0xD7FF or 0x3164 or 0xFFA0 => true,
        // Format characters that are drawn: signs that stand around the digits after them.
        >= 0x600 and <= 0x605 or 0x6DD or 0x70F or 0x890 or 0x891 or 0x8E2 or 0x110BD or 0x110CD => false,
        _ => CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    private static bool Contains(ReadOnlySpan<int> ranges, int codePoint)
    {
        var low = 0;
        var high = ranges.Length / 2 - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (codePoint < ranges[2 * middle])
            {
                high = middle - 1;
            }
            else if (codePoint > ranges[2 * middle + 1])
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }
}
