namespace AgentDeck.Engine.Toml;

/// <summary>Reads the value after an equals sign.</summary>
internal static class TomlValueReader
{
    /// <summary>Reads the value that is next.</summary>
    /// <param name="scanner">Stands before the value.</param>
    /// <param name="depth">How many tables and arrays enclose it.</param>
    public static TomlValue Read(TomlScanner scanner, int depth)
    {
        var position = scanner.Position;
        if (depth > TomlReader.MaximumDepth)
        {
            throw scanner.Error($"tables and arrays nest deeper than {TomlReader.MaximumDepth} here; that is the limit");
        }

        return scanner.Next switch
        {
            '"' or '\'' => new TomlString(TomlText.Read(scanner), position),
            '[' => ReadArray(scanner, depth + 1),
            '{' => ReadInlineTable(scanner, depth + 1),
            _ => ReadWord(scanner, position),
        };
    }

    private static TomlArray ReadArray(TomlScanner scanner, int depth)
    {
        var position = scanner.Position;
        var items = new List<TomlValue>();
        scanner.Take();
        scanner.SkipBlankLines();
        while (!scanner.TryTake(']'))
        {
            items.Add(Read(scanner, depth));
            scanner.SkipBlankLines();
            if (!scanner.TryTake(',') && scanner.Next != ']')
            {
                throw scanner.Expected($"',' or ']' in the array that starts in line {position.Line}");
            }

            scanner.SkipBlankLines();
        }

        return new TomlArray(items, position);
    }

    private static TomlTable ReadInlineTable(TomlScanner scanner, int depth)
    {
        var position = scanner.Position;
        var table = new TomlTableBuilder(TomlTableOrigin.Header, position);
        scanner.Take();
        scanner.SkipBlanks();
        if (scanner.TryTake('}'))
        {
            return table.Build();
        }

        do
        {
            ReadEntry(scanner, table, depth);
            scanner.SkipBlanks();
        }
        while (scanner.TryTake(','));
        return scanner.TryTake('}')
            ? table.Build()
            : throw scanner.Expected($"',' or '}}' in the table that starts in column {position.Column} (a table in braces stays on one line)");
    }

    /// <summary>Reads <c>key = value</c> into <paramref name="table"/>.</summary>
    /// <param name="scanner">Stands before the key.</param>
    /// <param name="table">Takes the value.</param>
    /// <param name="depth">How many tables and arrays enclose the key.</param>
    public static void ReadEntry(TomlScanner scanner, TomlTableBuilder table, int depth)
    {
        var path = TomlKey.ReadPath(scanner);
        if (!scanner.TryTake('='))
        {
            throw scanner.Expected($"'=' after the key '{TomlKey.Print(path)}'");
        }

        scanner.SkipBlanks();
        table.Add(path, Read(scanner, depth + path.Count - 1));
    }

    private static TomlValue ReadWord(TomlScanner scanner, TomlPosition position)
    {
        var word = scanner.TakeWhile(IsPartOfWord);
        if (word.Length == 0)
        {
            throw scanner.Expected("a value");
        }

        if (TomlMoment.IsDateAlone(word) && scanner.Next == ' ' && char.IsAsciiDigit(scanner.PeekAt(1)))
        {
            scanner.Take();
            word += " " + scanner.TakeWhile(IsPartOfWord);
        }

        return word switch
        {
            "true" => new TomlBoolean(true, position),
            "false" => new TomlBoolean(false, position),
            _ when TomlMoment.Resembles(word) => TomlMoment.Parse(word, position),
            _ => TomlNumber.Parse(word, position),
        };
    }

    private static bool IsPartOfWord(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '+' or '.' or ':';
}
