using System.Globalization;
using System.Text;

namespace AgentDeck.Engine.Toml;

/// <summary>Walks over a document's characters and knows the line and column of the next one. Not thread-safe.</summary>
/// <param name="text">Well-formed UTF-16.</param>
internal sealed class TomlScanner(string text)
{
    private int _index;
    private int _line = 1;
    private int _column = 1;

    /// <summary>Whether everything is read.</summary>
    public bool AtEnd => _index >= text.Length;

    /// <summary>The next character; NUL at the end, which no document may contain.</summary>
    public char Next => PeekAt(0);

    /// <summary>Where the next character stands.</summary>
    public TomlPosition Position => new(_line, _column);

    /// <summary>Whether a line ends here: LF or CR LF.</summary>
    public bool AtNewline => Next == '\n' || (Next == '\r' && PeekAt(1) == '\n');

    /// <summary>The character <paramref name="offset"/> further on; NUL beyond the end.</summary>
    public char PeekAt(int offset) => _index + offset < text.Length ? text[_index + offset] : '\0';

    /// <summary>Whether <paramref name="expected"/> comes next.</summary>
    public bool StartsWith(string expected) => text.AsSpan(_index).StartsWith(expected, StringComparison.Ordinal);

    /// <summary>Takes the next character. Requires that there is one.</summary>
    public char Take()
    {
        var character = text[_index++];
        if (character == '\n')
        {
            _line++;
            _column = 1;
        }
        else if (!char.IsLowSurrogate(character))
        {
            // The second half of a pair belongs to the code point that is counted already.
            _column++;
        }

        return character;
    }

    /// <summary>Takes <paramref name="count"/> characters, or all that are left.</summary>
    public void Skip(int count)
    {
        for (; count > 0 && !AtEnd; count--)
        {
            Take();
        }
    }

    /// <summary>Takes the next character when it is <paramref name="expected"/>.</summary>
    public bool TryTake(char expected)
    {
        if (AtEnd || Next != expected)
        {
            return false;
        }

        Take();
        return true;
    }

    /// <summary>Takes characters while <paramref name="wanted"/> holds.</summary>
    public string TakeWhile(Func<char, bool> wanted)
    {
        var start = _index;
        while (!AtEnd && wanted(Next))
        {
            Take();
        }

        return text[start.._index];
    }

    /// <summary>Takes spaces and tabs.</summary>
    public void SkipBlanks()
    {
        while (Next is ' ' or '\t')
        {
            Take();
        }
    }

    /// <summary>Takes blanks, comments and line ends.</summary>
    public void SkipBlankLines()
    {
        do
        {
            SkipBlanks();
            SkipComment();
        }
        while (TryTakeNewline());
    }

    /// <summary>Takes a comment up to the end of its line, when one starts here.</summary>
    /// <exception cref="TomlException">It contains a control character.</exception>
    public void SkipComment()
    {
        if (!TryTake('#'))
        {
            return;
        }

        while (!AtEnd && !AtNewline)
        {
            RequireNoControl("in a comment");
            Take();
        }
    }

    /// <summary>Takes LF or CR LF.</summary>
    public bool TryTakeNewline()
    {
        if (!AtNewline)
        {
            return false;
        }

        TryTake('\r');
        Take();
        return true;
    }

    /// <summary>Fails when the next character is a control character other than tab.</summary>
    public void RequireNoControl(string where)
    {
        if (Next is (< ' ' and not '\t') or '\x7f')
        {
            throw Error($"found {Found()} {where}, where control characters are not allowed");
        }
    }

    /// <summary>What stands here, in words for an error.</summary>
    public string Found()
    {
        if (AtEnd)
        {
            return "the end of the file";
        }

        if (AtNewline)
        {
            return "the end of the line";
        }

        var rune = Rune.GetRuneAt(text, _index);
        return Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.PrivateUse
            ? $"U+{rune.Value:X4}"
            : $"'{rune}'";
    }

    /// <summary>An error here.</summary>
    public TomlException Error(string message) => new(Position, message);

    /// <summary>An error that says what was expected here and what was found.</summary>
    public TomlException Expected(string expected) => Error($"expected {expected}, found {Found()}");
}
