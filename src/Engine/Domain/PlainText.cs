using System.Globalization;
using System.Text;

namespace AgentDeck.Engine.Domain;

/// <summary>Makes text from agents, pods and servers safe to show: no control characters, no bidirectional tricks, no line feeds.</summary>
public static class PlainText
{
    /// <summary>
    /// Returns <paramref name="text"/> with C0, C1, DEL, line and paragraph separators, bidirectional controls, lone
    /// surrogates and unassigned format characters replaced by <c>�</c>, cut to <paramref name="limit"/> UTF-16 units.
    /// Returns the same instance when nothing had to change.
    /// </summary>
    public static string Sanitize(string text, int limit = 1024)
    {
        var end = Math.Min(text.Length, limit);
        if (end > 0 && end < text.Length && char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        var clean = true;
        foreach (var rune in text.AsSpan(0, end).EnumerateRunes())
        {
            clean &= IsHarmless(rune);
        }

        if (clean)
        {
            return end == text.Length ? text : text[..end];
        }

        var result = new StringBuilder(end);
        foreach (var rune in text.AsSpan(0, end).EnumerateRunes())
        {
            result.Append(IsHarmless(rune) ? rune.ToString() : "\uFFFD");
        }

        return result.ToString();
    }

    // U+FFFD itself is what EnumerateRunes yields for a lone surrogate: treating it as harmful rewrites the surrogate.
    private static bool IsHarmless(Rune rune) => rune.Value switch
    {
        0xFFFD => false,
        0x200D or 0xFE0E or 0xFE0F => true,
        _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate),
    };
}
