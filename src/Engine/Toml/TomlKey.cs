namespace AgentDeck.Engine.Toml;

/// <summary>One part of a key as it is written.</summary>
/// <param name="Name">The part, unquoted.</param>
/// <param name="Position">Where it starts.</param>
internal readonly record struct TomlKey(string Name, TomlPosition Position)
{
    /// <summary>Reads a key of one or more parts joined by dots, and the blanks after it.</summary>
    public static List<TomlKey> ReadPath(TomlScanner scanner)
    {
        var path = new List<TomlKey>(1);
        do
        {
            scanner.SkipBlanks();
            path.Add(ReadPart(scanner));
            if (path.Count > TomlReader.MaximumDepth)
            {
                throw new TomlException(path[0].Position, $"this key has more than {TomlReader.MaximumDepth} parts; that is the limit");
            }

            scanner.SkipBlanks();
        }
        while (scanner.TryTake('.'));
        return path;
    }

    /// <summary>Prints parts as <c>a.b.c</c>, for errors.</summary>
    public static string Print(IEnumerable<TomlKey> path) => string.Join('.', path.Select(part => part.Name));

    private static TomlKey ReadPart(TomlScanner scanner)
    {
        var position = scanner.Position;
        if (scanner.Next is '"' or '\'')
        {
            if (scanner.StartsWith("\"\"\"") || scanner.StartsWith("'''"))
            {
                throw scanner.Error("a key cannot be a multi-line string; use one quote");
            }

            return new TomlKey(TomlText.Read(scanner), position);
        }

        var name = scanner.TakeWhile(IsBare);
        return name.Length > 0
            ? new TomlKey(name, position)
            : throw scanner.Expected("a key (letters, digits, '_' and '-', or a quoted string)");
    }

    private static bool IsBare(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-';
}
