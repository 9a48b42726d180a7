using System.Globalization;
using System.Text;

namespace AgentDeck.Engine.Toml;

/// <summary>Reads the four kinds of strings.</summary>
internal static class TomlText
{
    /// <summary>Reads the string whose first quote is next.</summary>
    public static string Read(TomlScanner scanner)
    {
        var start = scanner.Position;
        var quote = scanner.Next;
        if (scanner.PeekAt(1) == quote && scanner.PeekAt(2) == quote)
        {
            scanner.Skip(3);
            return ReadLines(scanner, quote, start);
        }

        scanner.Take();
        return ReadLine(scanner, quote, start);
    }

    private static string ReadLine(TomlScanner scanner, char quote, TomlPosition start)
    {
        var value = new StringBuilder();
        while (!scanner.TryTake(quote))
        {
            if (scanner.AtEnd || scanner.AtNewline)
            {
                throw scanner.Error($"expected {quote} to close the string that starts in column {start.Column}, found {scanner.Found()}; "
                    + "a text of several lines needs three quotes");
            }

            ReadCharacter(scanner, quote, value);
        }

        return value.ToString();
    }

    private static string ReadLines(TomlScanner scanner, char quote, TomlPosition start)
    {
        var value = new StringBuilder();
        scanner.TryTakeNewline();
        while (!TryClose(scanner, quote, value))
        {
            if (scanner.AtEnd)
            {
                throw scanner.Error($"expected {new string(quote, 3)} to close the string that starts in line {start.Line}, found the end of the file");
            }

            if (scanner.TryTakeNewline())
            {
                // The specification lets a reader normalise line ends; scripts with CR would not run.
                value.Append('\n');
            }
            else if (quote == '"' && EndsLineWithBackslash(scanner))
            {
                scanner.Take();
                do
                {
                    scanner.SkipBlanks();
                }
                while (scanner.TryTakeNewline());
            }
            else
            {
                ReadCharacter(scanner, quote, value);
            }
        }

        return value.ToString();
    }

    // Up to two quotes may stand directly before the closing three.
    private static bool TryClose(TomlScanner scanner, char quote, StringBuilder value)
    {
        var quotes = 0;
        while (quotes < 5 && scanner.PeekAt(quotes) == quote)
        {
            quotes++;
        }

        if (quotes < 3)
        {
            return false;
        }

        value.Append(quote, quotes - 3);
        scanner.Skip(quotes);
        return true;
    }

    private static bool EndsLineWithBackslash(TomlScanner scanner)
    {
        if (scanner.Next != '\\')
        {
            return false;
        }

        var offset = 1;
        while (scanner.PeekAt(offset) is ' ' or '\t')
        {
            offset++;
        }

        return scanner.PeekAt(offset) == '\n' || (scanner.PeekAt(offset) == '\r' && scanner.PeekAt(offset + 1) == '\n');
    }

    private static void ReadCharacter(TomlScanner scanner, char quote, StringBuilder value)
    {
        if (quote == '"' && scanner.Next == '\\')
        {
            ReadEscape(scanner, value);
            return;
        }

        scanner.RequireNoControl("in a string");
        value.Append(scanner.Take());
    }

    private static void ReadEscape(TomlScanner scanner, StringBuilder value)
    {
        var position = scanner.Position;
        scanner.Take();
        if (scanner.AtEnd)
        {
            throw scanner.Expected("a character after \\");
        }

        var found = scanner.Found();
        switch (scanner.Take())
        {
            case 'b': value.Append('\b'); break;
            case 't': value.Append('\t'); break;
            case 'n': value.Append('\n'); break;
            case 'f': value.Append('\f'); break;
            case 'r': value.Append('\r'); break;
            case 'e': value.Append('\x1b'); break;
            case '"': value.Append('"'); break;
            case '\\': value.Append('\\'); break;
            case 'u': value.Append(ReadCodePoint(scanner, 4, position)); break;
            case 'U': value.Append(ReadCodePoint(scanner, 8, position)); break;
            default:
                throw new TomlException(position, $"found {found} after \\, expected one of b t n f r e \" \\ uXXXX UXXXXXXXX; "
                    + "write \\\\ for a backslash, or use single quotes");
        }
    }

    private static string ReadCodePoint(TomlScanner scanner, int digits, TomlPosition position)
    {
        var code = 0L;
        for (var digit = 0; digit < digits; digit++)
        {
            if (!char.IsAsciiHexDigit(scanner.Next))
            {
                throw scanner.Expected($"{digits} hexadecimal digits");
            }

            code = code * 16 + int.Parse([scanner.Take()], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return code <= 0x10FFFF && Rune.IsValid((int)code)
            ? new Rune((int)code).ToString()
            : throw new TomlException(position, $"U+{code:X4} is not a Unicode character");
    }
}
