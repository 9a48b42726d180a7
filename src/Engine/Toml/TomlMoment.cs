using System.Globalization;

namespace AgentDeck.Engine.Toml;

/// <summary>Reads dates, times and both together (RFC 3339), to 100 ns; further digits are cut off.</summary>
internal static class TomlMoment
{
    private const int DateLength = 10;

    /// <summary>Whether <paramref name="word"/> starts as a date or a time does, so that it can be nothing else.</summary>
    public static bool Resembles(ReadOnlySpan<char> word) => StartsWithDate(word) || (word.Length > 2 && word[2] == ':' && AreDigits(word[..2]));

    /// <summary>Whether <paramref name="word"/> is exactly as long as a date and starts as one; a time may follow after a space.</summary>
    public static bool IsDateAlone(ReadOnlySpan<char> word) => word.Length == DateLength && StartsWithDate(word);

    /// <summary>Reads a word for which <see cref="Resembles"/> holds.</summary>
    /// <exception cref="TomlException">No such day or time exists, or the form is wrong.</exception>
    public static TomlValue Parse(string word, TomlPosition position)
    {
        var rest = word.AsSpan();
        if (!StartsWithDate(rest))
        {
            var time = TakeTime(ref rest, word, position, allowLeapSecond: false);
            RequireEnd(rest, word, position);
            return new TomlLocalTime(TimeOnly.FromTimeSpan(time), position);
        }

        var date = TakeDate(ref rest, word, position);
        if (rest.IsEmpty)
        {
            return new TomlLocalDate(date, position);
        }

        if (rest[0] is not ('T' or 't' or ' '))
        {
            throw Malformed(word, position);
        }

        rest = rest[1..];
        var timeOfDay = TakeTime(ref rest, word, position, allowLeapSecond: true);
        try
        {
            var moment = date.ToDateTime(TimeOnly.MinValue) + timeOfDay;
            if (rest.IsEmpty)
            {
                return new TomlLocalDateTime(moment, position);
            }

            var offset = TakeOffset(ref rest, word, position);
            RequireEnd(rest, word, position);
            return new TomlOffsetDateTime(AtOffset(moment, offset), position);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new TomlException(position, $"{word} lies outside the years 1 to 9999 in UTC");
        }
    }

    // DateTimeOffset takes offsets up to 14 hours, RFC 3339 up to 23:59: beyond that keep the instant and show it in UTC.
    private static DateTimeOffset AtOffset(DateTime moment, TimeSpan offset) => offset.Duration() <= TimeSpan.FromHours(14)
        ? new DateTimeOffset(moment, offset)
        : new DateTimeOffset(moment - offset, TimeSpan.Zero);

    private static bool StartsWithDate(ReadOnlySpan<char> word) => word.Length > 4 && word[4] == '-' && AreDigits(word[..4]);

    private static DateOnly TakeDate(ref ReadOnlySpan<char> rest, string word, TomlPosition position)
    {
        if (rest.Length < DateLength || rest[7] != '-' || !AreDigits(rest[5..7]) || !AreDigits(rest[8..DateLength]))
        {
            throw Malformed(word, position);
        }

        if (!DateOnly.TryParseExact(rest[..DateLength], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            throw new TomlException(position, $"{rest[..DateLength]} is not a day in the calendar");
        }

        rest = rest[DateLength..];
        return date;
    }

    private static TimeSpan TakeTime(ref ReadOnlySpan<char> rest, string word, TomlPosition position, bool allowLeapSecond)
    {
        if (rest.Length < 8 || rest[2] != ':' || rest[5] != ':' || !AreDigits(rest[..2]) || !AreDigits(rest[3..5]) || !AreDigits(rest[6..8]))
        {
            throw Malformed(word, position);
        }

        var (hour, minute, second) = (Number(rest[..2]), Number(rest[3..5]), Number(rest[6..8]));
        if (hour > 23 || minute > 59 || second > (allowLeapSecond ? 60 : 59))
        {
            throw new TomlException(position, $"{rest[..8]} is not a time of day");
        }

        rest = rest[8..];
        return new TimeSpan(hour, minute, second) + TakeFraction(ref rest, word, position);
    }

    private static TimeSpan TakeFraction(ref ReadOnlySpan<char> rest, string word, TomlPosition position)
    {
        if (rest is not ['.', ..])
        {
            return TimeSpan.Zero;
        }

        var length = rest[1..].IndexOfAnyExceptInRange('0', '9');
        var digits = length < 0 ? rest[1..] : rest.Slice(1, length);
        if (digits.IsEmpty)
        {
            throw Malformed(word, position);
        }

        rest = rest[(1 + digits.Length)..];
        var ticks = 0L;
        for (var place = 0; place < 7; place++)
        {
            ticks = ticks * 10 + (place < digits.Length ? digits[place] - '0' : 0);
        }

        return TimeSpan.FromTicks(ticks);
    }

    private static TimeSpan TakeOffset(ref ReadOnlySpan<char> rest, string word, TomlPosition position)
    {
        if (rest is ['Z' or 'z', ..])
        {
            rest = rest[1..];
            return TimeSpan.Zero;
        }

        if (rest.Length < 6 || rest[0] is not ('+' or '-') || rest[3] != ':' || !AreDigits(rest[1..3]) || !AreDigits(rest[4..6]))
        {
            throw Malformed(word, position);
        }

        var (hours, minutes) = (Number(rest[1..3]), Number(rest[4..6]));
        if (hours > 23 || minutes > 59)
        {
            throw new TomlException(position, $"{rest[..6]} in {word} is not an offset from UTC");
        }

        var offset = new TimeSpan(hours, minutes, 0);
        offset = rest[0] == '-' ? -offset : offset;
        rest = rest[6..];
        return offset;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static void RequireEnd(ReadOnlySpan<char> rest, string word, TomlPosition position)
    {
        if (!rest.IsEmpty)
        {
            throw Malformed(word, position);
        }
    }

    private static TomlException Malformed(string word, TomlPosition position) =>
        new(position, $"'{word}' is not a date or time; expected a form such as 2026-11-21, 14:02:11 or 2026-11-21T14:02:11Z");
}
