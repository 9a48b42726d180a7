namespace AgentDeck.Engine.Detection;

/// <summary>Recognises times that tick: clocks (<c>14:02</c>, <c>14:02:11</c>) and elapsed times (<c>7s</c>, <c>1m 07s</c>, <c>1.5 sec</c>). Pure.</summary>
internal static class ElapsedTime
{
    /// <summary>How long the time is that begins at a digit; 0 when none does.</summary>
    public static int LengthAt(ReadOnlySpan<char> row, int start)
    {
        // Digits inside a word, and the line and column behind a file's name, are no time.
        if (start > 0 && (char.IsLetterOrDigit(row[start - 1]) || row[start - 1] is '_' or ':' or '.'))
        {
            return 0;
        }

        var rest = row[start..];
        var clock = Clock(rest);
        return clock > 0 ? clock : Elapsed(rest);
    }

    private static int Clock(ReadOnlySpan<char> text)
    {
        var end = Digits(text);
        if (end > 2)
        {
            return 0;
        }

        var pairs = 0;
        while (end + 2 < text.Length && text[end] == ':' && Digits(text[(end + 1)..]) == 2)
        {
            end += 3;
            pairs++;
        }

        return pairs is 1 or 2 && !(end < text.Length && text[end] == ':') ? end : 0;
    }

    // Numbers with units, one after the other: 1h 02m 03s is one time, so that it equals the 59s that it once was.
    private static int Elapsed(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (true)
        {
            var next = end > 0 && end < text.Length && text[end] == ' ' ? end + 1 : end;
            var length = WithUnit(text[next..]);
            if (length == 0)
            {
                return end;
            }

            end = next + length;
        }
    }

    private static int WithUnit(ReadOnlySpan<char> text)
    {
        var end = Digits(text);
        if (end == 0)
        {
            return 0;
        }

        end += end < text.Length && text[end] == '.' && Digits(text[(end + 1)..]) is > 0 and var fraction ? fraction + 1 : 0;
        end += end < text.Length && text[end] == ' ' ? 1 : 0;
        var unit = text[end..];
        var letters = 0;
        while (letters < unit.Length && char.IsLetter(unit[letters]))
        {
            letters++;
        }

        return unit[..letters] is "ms" or "s" or "m" or "h" or "d" or "sec" or "secs" or "min" or "mins" or "second" or "seconds"
            or "minute" or "minutes" or "hour" or "hours" or "day" or "days" ? end + letters : 0;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
