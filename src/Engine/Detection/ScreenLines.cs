using System.Collections.Immutable;
using System.Text;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Detection;

/// <summary>The text of a captured screen, without any escape sequence. Pure; never throws on any bytes.</summary>
internal static class ScreenLines
{
    private const char Escape = '\u001b';

    private const char Bell = '\u0007';

    /// <summary>The last lines with text, topmost first, each plain and without trailing blanks.</summary>
    /// <param name="screen">The rows as <c>capture-pane -p -e</c> prints them.</param>
    /// <param name="most">How many lines at most.</param>
    public static ImmutableArray<string> Last(ReadOnlySpan<byte> screen, int most)
    {
        var lines = new List<string>(most);
        while (!screen.IsEmpty && lines.Count < most)
        {
            var start = screen.LastIndexOf((byte)'\n') + 1;
            var line = Plain(screen[start..]);
            if (line.Length > 0)
            {
                lines.Add(line);
            }

            screen = start == 0 ? [] : screen[..(start - 1)];
        }

        lines.Reverse();
        return [.. lines];
    }

    /// <summary>The last of <paramref name="lines"/> that says something: frames and the line that tmux itself writes do not. Empty when none does.</summary>
    public static string Telling(ImmutableArray<string> lines)
    {
        for (var index = lines.Length - 1; index >= 0; index--)
        {
            if (lines[index].Any(char.IsLetterOrDigit) && !lines[index].StartsWith("Pane is dead (", StringComparison.Ordinal))
            {
                return lines[index].Trim();
            }
        }

        return "";
    }

    private static string Plain(ReadOnlySpan<byte> row)
    {
        var text = Encoding.UTF8.GetString(row);
        if (!text.Contains(Escape))
        {
            return PlainText.Sanitize(text.TrimEnd());
        }

        var kept = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == Escape)
            {
                index = EndOfSequence(text, index);
            }
            else
            {
                kept.Append(text[index]);
            }
        }

        return PlainText.Sanitize(kept.ToString().TrimEnd());
    }

    // The index of the sequence's last character: CSI ends with a byte from @ to ~, OSC with BEL or ESC \, others are two characters.
    private static int EndOfSequence(string text, int start)
    {
        var index = start + 1;
        switch (index < text.Length ? text[index] : '\0')
        {
            case '[':
                for (index++; index < text.Length && text[index] is not (>= '@' and <= '~'); index++)
                {
                }

                return index;
            case ']':
                for (index++; index < text.Length && text[index] is not (Bell or '\\'); index++)
                {
                }

                return index;
            default:
                return index;
        }
    }
}
