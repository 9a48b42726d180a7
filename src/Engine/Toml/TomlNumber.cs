using System.Globalization;

namespace AgentDeck.Engine.Toml;

/// <summary>Reads integers and floats from a word without blanks.</summary>
internal static class TomlNumber
{
    /// <summary>Reads a number.</summary>
    /// <exception cref="TomlException">The word is not one.</exception>
    public static TomlValue Parse(string word, TomlPosition position)
    {
        if (word is ['0', 'x' or 'o' or 'b', ..])
        {
            return new TomlInteger(ParseRadix(word, position), position);
        }

        var unsigned = word is ['+' or '-', ..] ? word.AsSpan(1) : word;
        if (unsigned is "inf" or "nan")
        {
            var value = unsigned is "nan" ? double.NaN : word[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return new TomlFloat(value, position);
        }

        var fractionAt = unsigned.IndexOfAny('.', 'e', 'E');
        RequireDigits(word, fractionAt < 0 ? unsigned : unsigned[..fractionAt], position);
        if ((fractionAt < 0 ? unsigned : unsigned[..fractionAt]) is ['0', _, ..])
        {
            throw new TomlException(position, $"{word} starts with a zero; leave the zero out, or write 0o for an octal number");
        }

        return fractionAt < 0 ? ParseInteger(word, position) : ParseFloat(word, unsigned[fractionAt..], position);
    }

    private static TomlInteger ParseInteger(string word, TomlPosition position) =>
        long.TryParse(word.Replace("_", ""), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? new TomlInteger(value, position)
            : throw OutOfRange(word, position);

    private static TomlFloat ParseFloat(string word, ReadOnlySpan<char> afterWhole, TomlPosition position)
    {
        var exponentAt = afterWhole.IndexOfAny('e', 'E');
        if (afterWhole[0] == '.')
        {
            RequireDigits(word, exponentAt < 0 ? afterWhole[1..] : afterWhole[1..exponentAt], position);
        }

        if (exponentAt >= 0)
        {
            var exponent = afterWhole[(exponentAt + 1)..];
            RequireDigits(word, exponent is ['+' or '-', ..] ? exponent[1..] : exponent, position);
        }

        return new TomlFloat(double.Parse(word.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture), position);
    }

    private static long ParseRadix(string word, TomlPosition position)
    {
        var radix = word[1] switch { 'x' => 16u, 'o' => 8u, _ => 2u };
        var value = 0ul;
        var previous = '_';
        foreach (var character in word.AsSpan(2))
        {
            if (character != '_')
            {
                var digit = char.IsAsciiHexDigit(character)
                    ? uint.Parse([character], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                    : uint.MaxValue;
                if (digit >= radix)
                {
                    throw new TomlException(position, $"'{character}' in {word} is not a digit of base {radix}");
                }

                value = value * radix + digit;
                if (value > long.MaxValue)
                {
                    throw OutOfRange(word, position);
                }
            }
            else if (previous == '_')
            {
                throw Malformed(word, position);
            }

            previous = character;
        }

        return previous == '_' ? throw Malformed(word, position) : (long)value;
    }

    // Digits with single underscores between them.
    private static void RequireDigits(string word, ReadOnlySpan<char> digits, TomlPosition position)
    {
        var previous = '_';
        foreach (var character in digits)
        {
            if (!char.IsAsciiDigit(character) && (character != '_' || previous == '_'))
            {
                throw Malformed(word, position);
            }

            previous = character;
        }

        if (previous == '_')
        {
            throw Malformed(word, position);
        }
    }

    private static TomlException Malformed(string word, TomlPosition position) => char.IsAsciiLetter(word[0])
        ? new(position, $"'{word}' is not a value; put text in quotes, and write true or false in lower case")
        : new(position, $"'{word}' is not a number or date (digits need something on both sides of '.' and '_'); put text in quotes");

    private static TomlException OutOfRange(string word, TomlPosition position) =>
        new(position, $"{word} does not fit into a 64-bit integer");
}
