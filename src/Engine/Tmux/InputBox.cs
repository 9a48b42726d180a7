using System.Text.RegularExpressions;

namespace AgentDeck.Engine.Tmux;

/// <summary>Judges from screens whether a typed text was taken. Pure.</summary>
internal static partial class InputBox
{
    private const int NeedleLength = 16;

    /// <summary>
    /// Whether the text still stands in the input box after Enter. Says yes only when that is certain, because another Enter
    /// may answer a question that appeared meanwhile: either nothing happened to the rows that the text changed and to the
    /// cursor, or the box, known by its prompt sign and its lower border, holds the text's beginning.
    /// </summary>
    /// <param name="empty">The screen before typing.</param>
    /// <param name="typed">The screen after typing, before Enter.</param>
    /// <param name="entered">The screen after Enter.</param>
    /// <param name="text">What was typed.</param>
    public static bool StillHolds(PlainScreen empty, PlainScreen typed, PlainScreen entered, string text) =>
        IsUntouched(empty, typed, entered) || IsInBorderedBox(typed, text) && IsInBorderedBox(entered, text);

    private static bool IsUntouched(PlainScreen empty, PlainScreen typed, PlainScreen entered)
    {
        if (!entered.HasCursorOf(typed) || entered.Rows.Length != typed.Rows.Length)
        {
            return false;
        }

        var changed = false;
        for (var row = 0; row < typed.Rows.Length; row++)
        {
            if (row < empty.Rows.Length && empty.Rows[row] == typed.Rows[row])
            {
                continue;
            }

            changed = true;
            if (entered.Rows[row] != typed.Rows[row])
            {
                return false;
            }
        }

        return changed;
    }

    // Agents repeat what was submitted above an empty box; a text that was not submitted stands in the lowest one.
    private static bool IsInBorderedBox(PlainScreen screen, string text)
    {
        var needle = text.Split('\n')[0].Trim();
        needle = needle.Length > NeedleLength ? needle[..NeedleLength] : needle;
        for (var row = screen.Rows.Length - 1; row >= 0 && needle.Length > 0; row--)
        {
            var prompt = Prompt().Match(screen.Rows[row]);
            if (prompt.Success)
            {
                return screen.Rows[row][prompt.Length..].StartsWith(needle, StringComparison.Ordinal)
                    && screen.Rows.Skip(row + 1).Any(below => LowerBorder().IsMatch(below));
            }
        }

        return false;
    }

    [GeneratedRegex(@"^\s*[│┃|]?\s*[>❯›](?:\s+|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Prompt();

    [GeneratedRegex(@"^\s*[╰└┗]?[─━]{8,}", RegexOptions.CultureInvariant)]
    private static partial Regex LowerBorder();
}
